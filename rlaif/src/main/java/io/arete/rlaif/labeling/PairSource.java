package io.arete.rlaif.labeling;

import io.arete.engine.AreteException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where pairs are read from.
 *
 * @param file JSON lines, CSV or Parquet
 * @param wanted what was said of its columns
 * @param delimiter of a CSV file, if it is not the usual one
 * @param limit the most rows read; 0 = all
 */
public record PairSource(
    Path file, PairColumns.Wanted wanted, Optional<Character> delimiter, int limit) {

  /**
   * Checks the limit.
   *
   * @throws AreteException if it is negative
   */
  public PairSource {
    if (limit < 0) {
      throw new AreteException("--limit is " + limit + " but must be 0 (all) or more.");
    }
  }

  /** A file of which all is guessed and everything read. */
  public static PairSource of(Path file) {
    return new PairSource(file, PairColumns.Wanted.NOTHING, Optional.empty(), 0);
  }
}
