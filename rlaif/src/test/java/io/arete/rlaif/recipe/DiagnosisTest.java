package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.gate.GateResult;
import io.arete.rlaif.gate.GateResult.Outcome;
import io.arete.rlaif.gate.HeldOutAccuracyGate;
import io.arete.rlaif.gate.ProbeGate;
import io.arete.rlaif.stats.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A linear probe is weaker than a reward model: who passed must not be stopped by it. */
class DiagnosisTest {

  private static final GateResult FOUND_NOTHING =
      ProbeGate.of(Facet.ACTION, 130, new int[] {131, 112}, 222, 222);

  @Test
  void aProbeThatFoundNothingWarnsWhereTheRewardModelLearned() {
    assertThat(FOUND_NOTHING.halts()).isTrue();
    List<GateResult> judged =
        Diagnosis.probe(List.of(FOUND_NOTHING), List.of(model(Facet.ACTION, 0.559)));
    assertThat(judged).extracting(GateResult::outcome).containsExactly(Outcome.WARNED);
  }

  @Test
  void itStopsWhereTheRewardModelDidNotOrIsAnothers() {
    assertThat(Diagnosis.probe(List.of(FOUND_NOTHING), List.of(model(Facet.ACTION, 0.541))))
        .containsExactly(FOUND_NOTHING);
    assertThat(Diagnosis.probe(List.of(FOUND_NOTHING), List.of(model(Facet.MOTIVATION, 0.559))))
        .containsExactly(FOUND_NOTHING);
  }

  private static GateResult model(Facet facet, double low) {
    return HeldOutAccuracyGate.of(facet, 0.611, new Interval(low, 0.66), 357, 0.55);
  }
}
