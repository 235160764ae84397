package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A run's files may come from anybody; a table of them must not steer the reader's terminal. */
class TextTableTest {

  @Test
  void whatWouldMoveTheCursorIsShown() {
    TextTable table = new TextTable();
    table.line("%-8s %d", "a\u001b[2Jb", 3);
    assertThat(table.toString()).isEqualTo("a\\u001b[2Jb 3\n");
  }
}
