package io.arete.rlaif.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** Writes rows as a Parquet file with a declared schema; the same rows give the same bytes. */
public final class ParquetFile {

  private static final String MESSAGES = "STRUCT(role VARCHAR, content VARCHAR)[]";
  private static final int ROWS_AT_ONCE = 2000;

  private ParquetFile() {}

  /** What a column holds. */
  public enum Type {
    /** Text. */
    TEXT("VARCHAR", "?"),
    /** A number. */
    REAL("DOUBLE", "?"),
    /** True or false. */
    FLAG("BOOLEAN", "?"),
    /** A list of messages with role and content. */
    MESSAGES(
        ParquetFile.MESSAGES,
        "from_json(?, '[{\"role\": \"VARCHAR\", \"content\": \"VARCHAR\"}]')");

    private final String sql;
    private final String value;

    Type(String sql, String value) {
      this.sql = sql;
      this.value = value;
    }
  }

  /**
   * A column.
   *
   * @param name in the file, and of the field in each row
   * @param about what it holds, for people
   */
  public record Column(String name, Type type, String about) {}

  /**
   * Replaces the file.
   *
   * @param rows each with a field for every column
   * @throws AreteException if a field is missing or the file cannot be written
   */
  public static void write(Path target, List<Column> columns, List<ObjectNode> rows) {
    Path partial = target.resolveSibling("." + target.getFileName() + ".partial");
    try {
      Files.deleteIfExists(partial);
      Files.createFile(partial);
      String place = DuckDb.place(partial);
      try (Connection connection = DuckDb.open(place)) {
        connection.setAutoCommit(false);
        fill(connection, columns, rows);
        try (Statement statement = connection.createStatement()) {
          statement.execute(
              "COPY rows TO "
                  + DuckDb.text(place)
                  + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)");
        }
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (SQLException e) {
      throw new AreteException(target + " cannot be written: " + e.getMessage(), e);
    } catch (IOException e) {
      throw FullDisk.writing(target, e);
    }
  }

  private static void fill(Connection connection, List<Column> columns, List<ObjectNode> rows)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          columns.stream()
              .map(column -> DuckDb.name(column.name()) + " " + column.type().sql)
              .collect(Collectors.joining(", ", "CREATE TABLE rows (", ")")));
    }
    String values =
        columns.stream().map(column -> column.type().value).collect(Collectors.joining(", "));
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO rows VALUES (" + values + ")")) {
      int waiting = 0;
      for (ObjectNode row : rows) {
        for (int i = 0; i < columns.size(); i++) {
          set(insert, i + 1, columns.get(i), row.path(columns.get(i).name()));
        }
        insert.addBatch();
        if (++waiting % ROWS_AT_ONCE == 0) {
          insert.executeBatch();
        }
      }
      if (waiting % ROWS_AT_ONCE != 0) {
        insert.executeBatch();
      }
    }
  }

  private static void set(PreparedStatement insert, int place, Column column, JsonNode value)
      throws SQLException {
    if (value.isMissingNode()) {
      throw new AreteException("a row has no field " + column.name() + " for its column");
    }
    switch (column.type()) {
      case TEXT -> insert.setString(place, value.textValue());
      case REAL -> insert.setDouble(place, value.doubleValue());
      case FLAG -> insert.setBoolean(place, value.booleanValue());
      case MESSAGES -> insert.setString(place, value.toString());
    }
  }
}
