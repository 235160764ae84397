package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import io.arete.rlaif.gate.GateStop;
import io.arete.rlaif.run.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/schemas promises to readers of the feedback's files holds for those of real runs. */
class FeedbackSchemaTest {

  private static final Set<String> FORCED = Set.of("ties", "answer-mass", "order", "agreement");

  @TempDir private static Path root;
  private static PipelineFixture tiny;

  @BeforeAll
  static void run() {
    tiny = PipelineFixture.write(root);
    feedback("human", FORCED, "feedback.source=human");
    feedback("local", FORCED, "feedback.source=local", "feedback.calibration_pairs=8");
    feedback("truth", FORCED, "feedback.source=truth");
    feedback(
        "committee",
        FORCED,
        "feedback.source=committee",
        "feedback.committee=[base, model]",
        "feedback.calibration_pairs=8");
  }

  private static void feedback(String run, Set<String> forced, String... settings) {
    String[] all = new String[settings.length + 1];
    all[0] = "sft.enabled=false";
    System.arraycopy(settings, 0, all, 1, settings.length);
    Pipeline.run(tiny.request(run, Stage.FEEDBACK, forced, all));
  }

  @Test
  void everyLineOfEveryRunIsWhatItsSchemaSays() throws IOException {
    for (String run : List.of("human", "local", "truth", "committee")) {
      Path folder = tiny.run(run).resolve("feedback");
      boolean model = !run.equals("human");
      boolean calibrated = model && !run.equals("truth");
      Schemas.valid(folder.resolve("conversations.jsonl"), "conversations", true);
      Schemas.valid(folder.resolve("calibration-conversations.jsonl"), "conversations", calibrated);
      for (String facet : List.of("action", "motivation", "consequences")) {
        Schemas.valid(folder.resolve("preferences/" + facet + ".jsonl"), "preferences", true);
      }
      Schemas.valid(folder.resolve("judgements.jsonl"), "judgements", model);
      Schemas.valid(folder.resolve("calibration.jsonl"), "calibration", calibrated);
      Schemas.valid("agreement", Files.readString(folder.resolve("agreement.json")));
    }
  }

  @Test
  void theReportOfAStoppedCalibrationIsWhatItsSchemaSays() throws IOException {
    assertThatThrownBy(
            () ->
                feedback(
                    "stopped",
                    Set.of(),
                    "feedback.source=local",
                    "feedback.calibration_pairs=8",
                    "feedback.tie_threshold=0.49"))
        .isInstanceOf(GateStop.class);
    Schemas.valid(
        "agreement", Files.readString(tiny.run("stopped").resolve("feedback/agreement.json")));
  }

  @Test
  void aSchemaRefusesWhatIsMissingAndWhatItDoesNotKnow() throws IOException {
    String line = Files.readAllLines(tiny.run("local").resolve("feedback/judgements.jsonl")).get(0);
    assertThat(Schemas.named("judgements").validate(line, InputFormat.JSON)).isEmpty();
    for (String wrong :
        List.of(
            line.replace("\"facet\"", "\"fact\""),
            line.replace("\"answer_mass\"", "\"mass\""),
            line.replace("first_shown_first", "first"))) {
      assertThat(Schemas.named("judgements").validate(wrong, InputFormat.JSON)).isNotEmpty();
    }
  }
}
