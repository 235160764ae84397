package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.api.RecipeRun;
import io.arete.rlaif.api.RewardJudge;
import io.arete.rlaif.api.RunSettings;
import io.arete.rlaif.api.TalkReplies;
import io.arete.rlaif.recipe.PipelineFixture;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever scores from a script and from a program compares the two. */
class ScoreExplainTest {

  private static final String LACKING = "{\"prompt\": \"May I?\", \"action\": \"No\"}";

  @TempDir private Path root;

  @Test
  void theCommandSaysWhatTheLibrarySays() {
    Path recipe = PipelineFixture.write(root).recipe();
    Path run = root.resolve("run");
    try (RecipeRun made = RecipeRun.of(RunSettings.of(recipe).in(run).to(Stage.REWARD))) {
      made.run();
    }
    CommandRun command =
        CommandRun.of(
            """
            {"prompt": "May I?", "action": "Gladly", "motivation": "Kind", "consequences": "Well"}
            {"prompt": "May I?", "action": "Never", "motivation": "Kind", "consequences": "Well"}
            """,
            "score",
            run,
            "-",
            "--explain");
    assertThat(command.messages()).isEmpty();
    try (RewardJudge judge = RewardJudge.open(run)) {
      String gladly = judge.score(TalkReplies.of("May I?", "Gladly", "Kind", "Well")).explanation();
      String never = judge.score(TalkReplies.of("May I?", "Never", "Kind", "Well")).explanation();
      assertThat(gladly).startsWith("ensemble score").isNotEqualTo(never);
      assertThat(command.output().strip()).isEqualTo(gladly + "\n\n" + never);
    }
    try (RunFolder busy = RunFolder.open(run)) {
      CommandRun refused = CommandRun.of(LACKING, "score", busy.root(), "-", "--explain");
      assertThat(refused.code()).isEqualTo(ExitCode.ERROR);
      assertThat(refused.messages())
          .contains("A run is at work in " + run, "wait until it ends")
          .doesNotContain("another name");
    }
    CommandRun lacking = CommandRun.of(LACKING, "score", run, "-", "--explain");
    assertThat(lacking.code()).isEqualTo(ExitCode.ERROR);
    assertThat(lacking.messages()).contains("line 1", "'motivation'");
  }
}
