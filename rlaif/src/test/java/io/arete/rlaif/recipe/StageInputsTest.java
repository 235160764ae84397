package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage that read another key than before must not pass for done. */
class StageInputsTest {

  @TempDir private Path folder;
  private PipelineFixture fixture;

  @BeforeEach
  void write() {
    fixture = PipelineFixture.write(folder);
  }

  @Test
  void anAttackDependsOnItsTemplatesAlsoOnThoseInTheBox() {
    assertThat(inputs(Stage.ATTACK, "attack.templates=box:templates"))
        .isNotEqualTo(inputs(Stage.ATTACK));
  }

  @Test
  void anAttackDrawsAndResamplesByTheEvaluationsKeys() {
    assertThat(inputs(Stage.ATTACK, "evaluation.seed=7")).isNotEqualTo(inputs(Stage.ATTACK));
    assertThat(inputs(Stage.ATTACK, "evaluation.bootstrap=300")).isNotEqualTo(inputs(Stage.ATTACK));
  }

  @Test
  void aJudgeOfTheEvaluationReadsWhatCountsAsATie() {
    assertThat(inputs(Stage.EVALUATION, "evaluation.judge=truth", "feedback.tie_threshold=0.1"))
        .isNotEqualTo(inputs(Stage.EVALUATION, "evaluation.judge=truth"));
    assertThat(inputs(Stage.EVALUATION, "feedback.tie_threshold=0.1"))
        .isEqualTo(inputs(Stage.EVALUATION));
  }

  private Map<String, String> inputs(Stage stage, String... overrides) {
    Recipe recipe = RecipeReader.read(fixture.recipe(), List.of(overrides));
    try (RunFolder run = RunFolder.open(folder.resolve("run"))) {
      return new StageInputs(recipe, Constitution.load("box:virtues"), run).of(stage);
    }
  }
}
