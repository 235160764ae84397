package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.gate.GateStop;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A labeler that cannot be trusted is stopped before the run pays for its labels. */
class FeedbackGateTest {

  private static final String[] LOCAL = {
    "sft.enabled=false", "feedback.source=local", "feedback.calibration_pairs=8"
  };

  @TempDir private static Path root;
  private static PipelineFixture tiny;

  @BeforeAll
  static void write() {
    tiny = PipelineFixture.write(root);
  }

  /** The study's labels were all ties, and its reward models learned from them for days. */
  @Test
  void aLabelerOfTiesAloneIsStoppedAtOnceWithTheReason() {
    PipelineRequest request =
        tiny.request(
            "ties",
            Stage.REWARD,
            Set.of(),
            LOCAL[0],
            LOCAL[1],
            LOCAL[2],
            "feedback.tie_threshold=0.49");
    assertThatThrownBy(() -> Pipeline.run(request))
        .isInstanceOf(GateStop.class)
        .hasMessageContaining("The gate ties (action) stopped the run before feedback")
        .hasMessageContaining("8 of 8 pairs are ties")
        .hasMessageContaining("the labeler prefers nothing over anything")
        .hasMessageContaining("--force ties");
    Path feedback = tiny.run("ties").resolve("feedback");
    assertThat(feedback.resolve("judgements.jsonl")).isEmptyFile();
    assertThat(feedback.resolve("conversations.jsonl")).isEmptyFile();
    assertThat(RunSummary.read(tiny.run("ties")).text())
        .contains("feedback       stopped")
        .contains("gates before feedback")
        .contains("agreement with the truth");
  }

  @Test
  void aCoinIsStoppedAndLabelsWhenForced() {
    PipelineRequest coin = tiny.request("coin", Stage.FEEDBACK, Set.of(), LOCAL);
    assertThatThrownBy(() -> Pipeline.run(coin))
        .isInstanceOf(GateStop.class)
        .hasMessageContaining("stopped the run before feedback");
    long asked = questions("coin");
    assertThat(asked).isEqualTo(8 * 3 * 6 * 2);

    Set<String> all = Set.of("ties", "answer-mass", "order", "agreement");
    Pipeline.run(tiny.request("coin", Stage.FEEDBACK, all, LOCAL));
    assertThat(questions("coin")).isGreaterThan(asked);
    assertThat(RunSummary.read(tiny.run("coin")).text())
        .contains("wrong labels, estimated")
        .contains("wrong labels, by the truth")
        .contains("calibration error")
        .contains("votes agree")
        .contains("FORCED");
  }

  private static long questions(String run) {
    return JsonFile.read(tiny.run(run).resolve("feedback/agreement.json"))
        .path("labeler")
        .path("questions")
        .asLong();
  }
}
