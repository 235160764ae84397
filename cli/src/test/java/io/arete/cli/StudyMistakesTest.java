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

  @TempDir private static Path root;

  @BeforeAll
  static void home() {
    System.setProperty(QuickstartCommand.HOME_PROPERTY, "..");
  }

  @Test
  void labelsThatAreAllTiesStopBeforeAnythingIsLabelled() {
    StudyMistakes.Row ties = new StudyMistakes(root).ties("full", "0.499");
    assertThat(ties.stopped()).as(ties.line()).isTrue();
    assertThat(ties.line())
        .startsWith("| labels are ties | full | `ties` stopped | (action) ")
        .endsWith(" |");
  }

  @Test
  @Tag("full")
  void eachMistakeIsStoppedAndTheCorrectRunIsNot() throws IOException {
    List<StudyMistakes.Row> rows = StudyMistakes.all(root.resolve("all"));
    for (StudyMistakes.Row row : rows) {
      assertThat(row.outcome()).as(row.line()).isIn(outcomes(row));
      if (row.outcome().equals("stopped")) {
        assertThat(row.stopped()).as(row.line()).isTrue();
      }
    }
  }

  private static List<String> outcomes(StudyMistakes.Row row) {
    if (row.named().isEmpty() || row.mistake().equals("replies cut at 32 tokens")) {
      // Replies of this world have 16 tokens on average: twice that cuts nothing.
      return List.of("passed");
    }
    return row.strength().equals("full") ? List.of("stopped") : List.of("stopped", "warned");
  }
}
