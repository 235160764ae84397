package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.TinyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackResumeTest {

  @TempDir Path folder;
  private FeedbackFixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new FeedbackFixture(folder, 12);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void peoplesPairsEndWithTheSameBytesWhereverTheStageWasCut() throws IOException {
    endsWithTheSameBytesWhereverItWasCut(fixture.recipe("human"), 7);
  }

  @Test
  void labelsEndWithTheSameBytesWhereverTheStageWasCut() throws IOException {
    endsWithTheSameBytesWhereverItWasCut(fixture.recipe("local"), 10);
  }

  @Test
  void aCommitteeEndsWithTheSameBytesAndWeightsWhereverTheStageWasCut() throws IOException {
    endsWithTheSameBytesWhereverItWasCut(
        fixture.recipe(
            "committee",
            "data.truth=letters",
            "feedback.calibration_pairs=6",
            "feedback.committee=[base, model]"),
        8);
  }

  @Test
  void aStageThatWasCutAgainAndAgainEndsWithTheSameBytes() throws IOException {
    Recipe recipe = fixture.recipe("local");
    Path straight = fixture.run("straight", recipe, StageListener.SILENT);
    for (int i = 0; i < 6; i++) {
      assertThatThrownBy(() -> fixture.run("cut", recipe, TinyRun.failingAt(3)))
          .isInstanceOf(TinyRun.Killed.class);
      leaveHalfAChunk(folder.resolve("cut"));
    }

    Path cut = fixture.run("cut", recipe, StageListener.SILENT);

    assertThat(FeedbackFixture.bytes(cut)).isEqualTo(FeedbackFixture.bytes(straight));
  }

  private void endsWithTheSameBytesWhereverItWasCut(Recipe recipe, int moments) throws IOException {
    Path straight = fixture.run("straight", recipe, StageListener.SILENT);
    for (int moment = 0; moment < moments; moment++) {
      String name = "cut-" + moment;
      int left = moment;
      assertThatThrownBy(() -> fixture.run(name, recipe, TinyRun.failingAt(left + 1)))
          .isInstanceOf(TinyRun.Killed.class);
      leaveHalfAChunk(folder.resolve(name));

      Path cut = fixture.run(name, recipe, StageListener.SILENT);

      assertThat(FeedbackFixture.bytes(cut))
          .as("cut at moment %d", moment)
          .isEqualTo(FeedbackFixture.bytes(straight));
    }
  }

  /** What a kill between the first line of a chunk and its checkpoint leaves behind. */
  private static void leaveHalfAChunk(Path run) throws IOException {
    Path feedback = run.resolve("feedback");
    append(feedback.resolve("conversations.jsonl"), "{\"whole\": 1}\n{\"whole\": 2}\n{\"torn");
    append(feedback.resolve("preferences/motivation.jsonl"), "{\"whole\": 1}\n");
    append(feedback.resolve("judgements.jsonl"), "{\"to");
    append(feedback.resolve("calibration.jsonl"), "{\"whole\": 1}\n{\"to");
    Files.createDirectories(feedback.resolve("checkpoint-999.partial"));
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }
}
