package io.arete.rlaif.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.gate.GateResult.Outcome;
import io.arete.rlaif.ppo.PolicyLook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that learns its reward models' errors must be stopped, one that learns must not. */
class WatchScoreGateTest {

  private static final int PROMPTS = 32;

  @TempDir Path folder;

  /** Looks whose scores move by so much a look, prompt by prompt with noise. */
  private static List<PolicyLook> looks(int count, int prompts, double proxy, double watch) {
    List<PolicyLook> looks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      looks.add(
          new PolicyLook(
              10L * i,
              prompts,
              0,
              scores(i, prompts, proxy),
              Optional.of(scores(i + count, prompts, watch)),
              OptionalDouble.empty()));
    }
    return looks;
  }

  private static List<Double> scores(int look, int prompts, double slope) {
    CountedRandom draws = CountedRandom.of(3).at(look);
    return IntStream.range(0, prompts)
        .mapToObj(i -> slope * look + 0.5 * draws.gaussian(i))
        .toList();
  }

  @Test
  void aRewardThatRisesWhileTheWatchScoreFallsStops() {
    assertThat(WatchScoreGate.of(looks(4, PROMPTS, 0.3, -0.3)).outcome())
        .isEqualTo(Outcome.STOPPED);
    assertThat(WatchScoreGate.of(looks(4, PROMPTS, 0.3, -0.3)).value())
        .contains("watch score -0.", "the reward's own +0.");
  }

  @Test
  void bothRisingOrBothFallingOrNoiseDoesNot() {
    assertThat(WatchScoreGate.of(looks(4, PROMPTS, 0.3, 0.3)).outcome()).isEqualTo(Outcome.PASSED);
    assertThat(WatchScoreGate.of(looks(4, PROMPTS, -0.3, -0.3)).outcome())
        .isEqualTo(Outcome.PASSED);
    assertThat(WatchScoreGate.of(looks(4, PROMPTS, 0.3, 0)).outcome()).isEqualTo(Outcome.PASSED);
  }

  @Test
  void tooLittleCannotTellAndSaysWhy() {
    GateResult few = WatchScoreGate.of(looks(2, PROMPTS, 0.3, -0.3));
    assertThat(few.outcome()).isEqualTo(Outcome.CANNOT_TELL);
    assertThat(few.meaning()).contains("looks");
    assertThat(WatchScoreGate.of(looks(4, 7, 0.3, -0.3)).meaning()).contains("prompts");
    assertThat(WatchScoreGate.of(List.of(look(Optional.empty()))).meaning())
        .contains("no watch reward model");
  }

  private static PolicyLook look(Optional<List<Double>> watch) {
    return new PolicyLook(0, 0, 0, List.of(1.0), watch, OptionalDouble.empty());
  }

  @Test
  void duringPpoItIsLookedAtAfterAFifthAndCanBeForced() {
    List<PolicyLook> bad = looks(4, PROMPTS, 0.3, -0.3);
    PpoGates strict = gates("strict.json", Set.of(), 100);
    strict.afterLook(bad.subList(0, 3)); // After 20 of 100 iterations it is too early.

    assertThat(catchThrowable(() -> strict.afterLook(bad)))
        .isInstanceOf(GateStop.class)
        .hasMessageContaining("watch-score");
    gates("forced.json", Set.of(WatchScoreGate.NAME), 100).afterLook(bad);
    // Killed and gone on: what was forced must not be forgotten when all is well again.
    gates("forced.json", Set.of(WatchScoreGate.NAME), 100).afterLook(looks(5, PROMPTS, 0.3, 0.3));
    assertThat(folder.resolve("forced.json")).content().contains("\"forced\" : true");
    assertThat(GateNames.FORCEABLE).contains(WatchScoreGate.NAME);
  }

  private PpoGates gates(String file, Set<String> forced, int iterations) {
    String recipe = "name: a\nbase: b\ndata: {pairs: p}\n";
    return new PpoGates(
        RecipeReader.parse(recipe, "a.yaml", folder, List.of()).gates(),
        new GateKeeper(folder.resolve(file), forced),
        iterations,
        folder.resolve("metrics.jsonl"),
        (policy, reference) -> {
          throw new AssertionError("no model is asked");
        });
  }
}
