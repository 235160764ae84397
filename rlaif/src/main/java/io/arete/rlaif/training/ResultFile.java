package io.arete.rlaif.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.run.AtomicFile;
import java.nio.file.Path;

/** Writes what a stage found, for people and programs to read. */
public final class ResultFile {

  private ResultFile() {}

  /** Writes indented JSON, the same bytes on every system; the file appears whole. */
  public static void write(Path file, ObjectNode result) {
    AtomicFile.writeText(
        file, result.toPrettyString().replace(System.lineSeparator(), "\n") + "\n");
  }
}
