package io.arete.cli;

import io.arete.rlaif.labeling.PairSource;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which pairs, and in which columns of their file. */
final class PairOptions {

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "Pairs: JSON lines (.jsonl, .json, .ndjson), .csv, .tsv or .parquet.")
  private Path file = Path.of("");

  @Mixin private PairColumnOptions columns = new PairColumnOptions();

  /** Where pairs are read from. */
  PairSource source() {
    return columns.source(file);
  }

  /** The file's name without its end. */
  String name() {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
