package io.arete.rlaif.table;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.rlaif.file.IoFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What separates the columns of a CSV file, seen in its first line before anything is parsed. */
final class Separator {

  private static final int LONGEST = 1 << 16;

  private Separator() {}

  /**
   * Returns unless the header has another separator and not this one.
   *
   * @throws AreteException that names the other
   */
  static void require(Path file, char used) {
    String header = firstLine(file);
    if (header.indexOf(used) >= 0) {
      return;
    }
    Stream.of(";", "\t", "|", ",")
        .filter(header::contains)
        .findFirst()
        .ifPresent(
            mark -> {
              // A tab as a shell takes it.
              String shown = mark.equals("\t") ? "$'\\t'" : "'" + mark + "'";
              throw new AreteException(
                  "%s seems to be separated by %s (its first line is %s); say --delimiter %s where that is an option, or save it with commas."
                      .formatted(file, shown, Quoted.of(header), shown));
            });
  }

  private static String firstLine(Path file) {
    try (InputStream input = Files.newInputStream(file)) {
      return new String(input.readNBytes(LONGEST), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      throw IoFailure.reading(file, e);
    }
  }
}
