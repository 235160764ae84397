package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** A table with a name a row. Columns and rows that have nothing to say are left out. */
final class NamedTable {

  /** Of a cell without a number. */
  static final String NOTHING = "-";

  private static final int NAME_WIDTH = 14;

  private NamedTable() {}

  /**
   * A column.
   *
   * @param width of it, as a format has it: less than 0 begins at the left
   * @param cell what a row has there, or {@link #NOTHING}
   */
  record Column(String head, int width, Function<JsonNode, String> cell) {

    private String padded(String text) {
      return TextTable.format("%" + width + "s", text);
    }
  }

  /**
   * Writes a table.
   *
   * @param title above the names
   * @param rows by name
   */
  static void write(String title, JsonNode rows, List<Column> columns, TextTable text) {
    List<Map.Entry<String, JsonNode>> named = List.copyOf(rows.properties());
    List<Column> told =
        columns.stream()
            .filter(column -> named.stream().anyMatch(row -> says(column, row.getValue())))
            .toList();
    if (told.isEmpty()) {
      return;
    }
    List<Map.Entry<String, JsonNode>> shown =
        named.stream()
            .filter(row -> told.stream().anyMatch(column -> says(column, row.getValue())))
            .toList();
    int width =
        Math.max(NAME_WIDTH, shown.stream().mapToInt(row -> row.getKey().length()).max().orElse(0));
    line(width, title, told.stream().map(column -> column.padded(column.head())), text);
    for (Map.Entry<String, JsonNode> row : shown) {
      line(
          width,
          row.getKey(),
          told.stream().map(column -> column.padded(column.cell().apply(row.getValue()))),
          text);
    }
  }

  private static boolean says(Column column, JsonNode row) {
    return !column.cell().apply(row).equals(NOTHING);
  }

  private static void line(int width, String name, Stream<String> cells, TextTable text) {
    StringBuilder line = new StringBuilder(TextTable.format("%-" + width + "s", name));
    cells.forEach(cell -> line.append(' ').append(cell));
    text.line("%s", line.toString().stripTrailing());
  }
}
