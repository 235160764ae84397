package io.arete.cli;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells of files that a command has made. */
final class WrittenFile {

  private WrittenFile() {}

  /** A file's size in words, such as {@code 12 bytes}. */
  static String size(Path file) {
    try {
      return Files.size(file) + " bytes";
    } catch (IOException e) {
      throw new AreteException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
