package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.recipe.RunFigures.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFiguresTest {

  @TempDir private Path run;

  /** The margin beside it is the label's: compared with that, every model would be right. */
  @Test
  void aRewardModelIsRightWhereItsScoresStandAsTheLabelDoes() throws IOException {
    Files.writeString(
        run.resolve("run.json"),
        "{\"format\": 1, \"seed\": 1, \"environment\": {}, \"stages\": {}}");
    Path file = run.resolve("reward/action/held-out.jsonl");
    Files.createDirectories(file.getParent());
    String line =
        "{\"comparison\": \"%s 0 1\", \"p\": 0.7, \"margin\": 0.8, \"first_score\": %s,"
            + " \"second_score\": 0.5}%n";
    Files.writeString(file, line.formatted("a", "0.6") + line.formatted("b", "0.4"));

    assertThat(RunFigures.read(run).byPrompt().get(Figure.ACCURACY))
        .containsEntry("a", 1.0)
        .containsEntry("b", 0.0);
  }
}
