package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The study's mistakes on the practice world: each is stopped or flagged by the gate that names it.
 * The table of docs/why-no-gain.md is what the long test prints.
 */
class StudyMistakesTest {

  /** Where the runs of the long test are kept: a start after one that was cut goes on there. */
  private static final String FOLDER = "arete.mistakes.folder";

  @TempDir private static Path root;

  @BeforeAll
  static void home() {
    System.setProperty(QuickstartCommand.HOME_PROPERTY, "..");
  }

  @Test
  void labelsThatAreAllTiesStopBeforeAnythingIsLabelled() {
    MistakeRow ties = new StudyMistakes(root).ties("full", "0.499");
    assertThat(ties.stopped()).as(ties.line()).isTrue();
    assertThat(ties.line())
        .startsWith("| labels are ties | full | `ties` stopped | (action) ")
        .endsWith(" |");
  }

  @Test
  @Tag("full")
  void eachMistakeIsStoppedAndTheCorrectRunIsNot() throws IOException {
    List<MistakeRow> rows = StudyMistakes.all(folder());
    for (MistakeRow row : rows) {
      assertThat(row.outcome()).as(row.line()).isIn(outcomes(row));
      if (row.outcome().equals("stopped")) {
        assertThat(row.stopped()).as(row.line()).isTrue();
      }
    }
  }

  private static Path folder() {
    String kept = System.getProperty(FOLDER);
    return kept == null ? root.resolve("all") : Path.of(kept);
  }

  private static List<String> outcomes(MistakeRow row) {
    if (row.named().isEmpty() || row.mistake().equals("replies cut at 32 tokens")) {
      // Replies of this world have 16 tokens on average: twice that cuts nothing.
      return List.of("passed");
    }
    return switch (row.strength()) {
      case "full" -> List.of("stopped");
      case "half" -> List.of("stopped", "warned");
      // Told to show where it ends to be seen.
      default -> List.of("stopped", "warned", "passed");
    };
  }
}
