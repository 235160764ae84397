package io.arete.cli;

import io.arete.rlaif.labeling.PairColumns;
import io.arete.rlaif.labeling.PairSource;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rows and columns of a file with pairs. */
final class PairColumnOptions {

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "0",
      description = "Rows read at most, from the first; 0 for all (default).")
  private int limit;

  @Option(
      names = "--prompt-column",
      paramLabel = "NAME",
      description = "Column of the prompt (default: guessed, and told).")
  private @Nullable String prompt;

  @Option(
      names = "--chosen-column",
      paramLabel = "NAME",
      description = "Column of the reply that was preferred.")
  private @Nullable String chosen;

  @Option(
      names = "--rejected-column",
      paramLabel = "NAME",
      description = "Column of the other reply.")
  private @Nullable String rejected;

  @Option(
      names = "--first-column",
      paramLabel = "NAME",
      description = "Column of the one reply, if none is known to be better.")
  private @Nullable String first;

  @Option(
      names = "--second-column",
      paramLabel = "NAME",
      description = "Column of the other reply.")
  private @Nullable String second;

  @Option(
      names = "--delimiter",
      paramLabel = "C",
      description = "What separates the columns of a CSV file (default: a comma; in .tsv a tab).")
  private @Nullable Character delimiter;

  /** Where pairs are read from. */
  PairSource source(Path file) {
    PairColumns.Wanted wanted =
        new PairColumns.Wanted(
            Optional.ofNullable(prompt),
            Optional.ofNullable(chosen),
            Optional.ofNullable(rejected),
            Optional.ofNullable(first),
            Optional.ofNullable(second));
    return new PairSource(file, wanted, Optional.ofNullable(delimiter), limit);
  }
}
