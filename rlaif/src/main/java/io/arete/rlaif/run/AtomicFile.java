package io.arete.rlaif.run;

import io.arete.rlaif.file.IoFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a run's text files so that they appear whole or not at all. Whoever is killed meanwhile
 * leaves the old file, and a sibling that the next write replaces.
 */
public final class AtomicFile {

  private AtomicFile() {}

  /**
   * Writes a text file in UTF-8, making its folder if need be.
   *
   * @throws io.arete.engine.AreteException if that fails; the old file is then still there
   */
  public static void writeText(Path file, String text) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException("A file system's root is no file: " + file);
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw IoFailure.writing(folder, e);
    }
    io.arete.engine.checkpoint.AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
