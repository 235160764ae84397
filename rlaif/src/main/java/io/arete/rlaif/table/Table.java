package io.arete.rlaif.table;

import io.arete.engine.AreteException;
import io.arete.rlaif.data.JsonLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A file of rows with named columns. */
public sealed interface Table permits JsonLinesTable, DuckDbTable {

  /**
   * The table of a file, by the end of its name.
   *
   * @param delimiter what separates the columns of a CSV file, if not a comma ({@code .csv}) or a
   *     tab ({@code .tsv})
   * @throws AreteException if there is no such file, its name has another end, or its columns
   *     another separator
   */
  static Table of(Path file, Optional<Character> delimiter) {
    if (!Files.exists(file)) {
      throw new AreteException("There is no file " + file + "; check the path.");
    }
    if (!Files.isRegularFile(file)) {
      Path labeled = file.resolve("pairs.jsonl");
      throw new AreteException(
          file
              + " is a folder; name a JSON lines, CSV or Parquet file"
              + (Files.exists(labeled) ? ", such as " + labeled + "." : "."));
    }
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "jsonl", "json", "ndjson" -> new JsonLinesTable(file);
      case "csv" -> separated(file, delimiter.orElse(','));
      case "tsv" -> separated(file, delimiter.orElse('\t'));
      case "parquet" -> DuckDbTable.parquet(file);
      default ->
          throw new AreteException(
              file
                  + " is of an unknown kind; its name must end in .jsonl, .json or .ndjson (JSON"
                  + " lines), .csv, .tsv or .parquet.");
    };
  }

  private static Table separated(Path file, char delimiter) {
    Separator.require(file, delimiter);
    return DuckDbTable.csv(file, delimiter);
  }

  /**
   * Names of the columns, in the order of the file; of JSON lines, the keys of the first row.
   *
   * @throws AreteException if the file cannot be read
   */
  List<String> columns();

  /**
   * The values of the rows.
   *
   * @param columns those that the reader needs; a row may have others, too
   * @param limit the most rows read; 0 = all
   * @throws AreteException that names the first row which is wrong, by its line where the file has
   *     lines
   */
  <T> List<T> read(List<String> columns, int limit, JsonLines.RowReader<T> reader);
}
