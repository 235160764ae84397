package io.arete.rlaif.table;

import io.arete.engine.AreteException;
import io.arete.rlaif.data.JsonLines;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A CSV or Parquet file. All cells of CSV are texts, an empty one is null; nothing is guessed but
 * the names of the columns, which stand in its first line.
 *
 * @param kind what people call it
 * @param header the SQL function that tells the columns, without its end
 * @param rows the SQL function that reads the rows, without its end
 */
record DuckDbTable(Path file, String kind, String header, String rows) implements Table {

  private static final String CSV = "CSV";
  private static final int LONGEST_ROW = 16 << 20;

  static DuckDbTable csv(Path file, char delimiter) {
    String common =
        "read_csv("
            + DuckDb.text(DuckDb.place(file))
            + ", delim = "
            + DuckDb.text(String.valueOf(delimiter))
            + ", header = true, quote = '\"', escape = '\"', comment = '', skip = 0"
            + ", compression = 'none', encoding = 'utf-8', hive_partitioning = false"
            + ", max_line_size = "
            + LONGEST_ROW;
    return new DuckDbTable(
        file,
        CSV,
        // Rows that do not fit are no matter of the header: reading them tells their lines.
        common
            + ", all_varchar = true, sample_size = 1, strict_mode = false, null_padding = true"
            + ", ignore_errors = true",
        common + ", auto_detect = false, strict_mode = true");
  }

  static DuckDbTable parquet(Path file) {
    String function =
        "read_parquet(" + DuckDb.text(DuckDb.place(file)) + ", hive_partitioning = false";
    return new DuckDbTable(file, "Parquet", function, function);
  }

  @Override
  public List<String> columns() {
    try (Connection connection = DuckDb.open(DuckDb.place(file))) {
      return columns(connection);
    } catch (SQLException e) {
      throw DuckDb.failure(file, kind, e);
    }
  }

  @Override
  public <T> List<T> read(List<String> columns, int limit, JsonLines.RowReader<T> reader) {
    try (Connection connection = DuckDb.open(DuckDb.place(file));
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query(connection, columns, limit))) {
      List<T> values = new ArrayList<>();
      int number = 0;
      while (found.next()) {
        String where = file + " row " + ++number;
        String row = found.getString(1);
        if (row == null) {
          throw new AreteException(where + " is longer than 16 MiB; leave it out or split it.");
        }
        JsonLines.value(where, number, row, reader).ifPresent(values::add);
      }
      if (number == 0) {
        throw new AreteException(file + " holds no rows; give at least one below its header.");
      }
      return values;
    } catch (SQLException e) {
      throw DuckDb.failure(file, kind, e);
    }
  }

  private List<String> columns(Connection connection) throws SQLException {
    String query = "SELECT column_name FROM (DESCRIBE SELECT * FROM " + header + "))";
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      List<String> names = new ArrayList<>();
      while (found.next()) {
        names.add(found.getString(1));
      }
      return names;
    }
  }

  private String query(Connection connection, List<String> columns, int limit) throws SQLException {
    String told =
        columns(connection).stream()
            .map(column -> DuckDb.text(column) + ": 'VARCHAR'")
            .collect(Collectors.joining(", ", ", columns = {", "}"));
    return "SELECT CASE WHEN strlen(j) <= "
        + LONGEST_ROW
        + " THEN j END FROM (SELECT CAST(to_json(t) AS VARCHAR) AS j FROM (SELECT "
        + DuckDb.names(columns)
        + " FROM "
        + rows
        + (kind.equals(CSV) ? told : "")
        + ")"
        + (limit == 0 ? "" : " LIMIT " + limit)
        + ") t)";
  }
}
