package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.TinyRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HumanFeedbackTest {

  @TempDir Path folder;

  /** Prompts that PPO shall use besides are no reason to label fewer pairs. */
  @Test
  void soManyPromptsAreTakenAsHavePairs() throws Exception {
    Files.write(
        folder.resolve("prompts.jsonl"),
        IntStream.range(0, 100).mapToObj(i -> "{\"prompt\": \"Unpaired " + i + "?\"}").toList());
    try (TinyRun tiny = new TinyRun(folder, 30)) {
      tiny.in(
          "run",
          StageListener.SILENT,
          List.of(
              "sft.enabled=false",
              "feedback.source=human",
              "data.prompts=prompts.jsonl",
              "feedback.prompts=10"),
          given -> FeedbackStage.run(given, () -> {}));
    }
    assertThat(folder.resolve("run/feedback/preferences/action.jsonl")).content().hasLineCount(10);
  }
}
