package io.arete.rlaif.table;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.IoFailure;
import io.arete.rlaif.file.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * DuckDB in memory, shut off from everything but one file: it may open no other, reach no network,
 * load no extension, spill nothing to the disk, and nothing can switch that on again.
 */
final class DuckDb {

  private static final String MEMORY = "1GB";
  private static final Pattern PATTERN_SIGNS = Pattern.compile("[*?\\[\\]{}]");
  private static final Pattern LINE = Pattern.compile("CSV Error on Line: ([0-9]{1,18})");
  private static final Pattern COLUMNS =
      Pattern.compile("Expected Number of Columns: ([0-9]{1,9}) Found: ([0-9]{1,9})");
  private static final int LONGEST_REASON = 160;

  private DuckDb() {}

  /**
   * A connection that can read that file alone. The caller closes it.
   *
   * @param file as {@link #place} gives it
   */
  static Connection open(String file) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("memory_limit", MEMORY);
    settings.setProperty("temp_directory", "");
    settings.setProperty("threads", "1");
    Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET allowed_paths = [" + text(file) + "]");
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * The file's whole path, which can be no address of the network.
   *
   * @throws AreteException if DuckDB would take it for a pattern of several files
   */
  static String place(Path file) {
    try {
      String place = file.toRealPath().toString();
      if (PATTERN_SIGNS.matcher(place).find()) {
        throw new AreteException(
            place
                + " has one of * ? [ ] { } in its path; rename it, or link to it by another name.");
      }
      return place;
    } catch (IOException e) {
      throw IoFailure.reading(file, e);
    }
  }

  /** A text as SQL writes it. */
  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** A column's name as SQL writes it. */
  static String name(String column) {
    return "\"" + column.replace("\"", "\"\"") + "\"";
  }

  /** Names as SQL lists them. */
  static String names(List<String> columns) {
    return columns.stream().map(DuckDb::name).collect(Collectors.joining(", "));
  }

  /** What is wrong with the file, in one sentence. */
  static AreteException failure(Path file, String kind, SQLException cause) {
    String message = String.valueOf(cause.getMessage());
    Matcher line = LINE.matcher(message);
    String where = line.find() ? file + " line " + line.group(1) : file.toString();
    return new AreteException(where + " " + reason(kind, message) + ".", cause);
  }

  private static String reason(String kind, String message) {
    Matcher columns = COLUMNS.matcher(message);
    if (columns.find()) {
      return "has "
          + columns.group(2)
          + " columns where its header has "
          + columns.group(1)
          + "; put cells with commas or line breaks in double quotes, or say --delimiter";
    }
    if (message.contains("unterminated quote")) {
      return "has a double quote that nothing closes; double those inside of cells";
    }
    if (message.contains("not utf-8") || message.contains("Invalid unicode")) {
      return "is not UTF-8 text; save it as UTF-8";
    }
    if (message.contains("Maximum line size")) {
      return "has a row of more than 16 MiB; split it";
    }
    if (message.contains("Out of Memory")) {
      return "needs more than " + MEMORY + " to be read; convert it to JSON lines";
    }
    if (message.contains("Error when sniffing")) {
      return "has no readable header; check its double quotes, and that it is UTF-8 text";
    }
    String first = VisibleText.line(message.lines().findFirst().orElse("no reason given"));
    String shown =
        first.length() <= LONGEST_REASON ? first : first.substring(0, LONGEST_REASON) + "…";
    return "is no whole " + kind + " file: " + shown;
  }
}
