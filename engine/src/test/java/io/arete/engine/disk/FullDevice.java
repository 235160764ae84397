package io.arete.engine.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The device of Linux on which every write finds no space left. */
public final class FullDevice {

  private static final Path DEVICE = Path.of("/dev/full");

  private FullDevice() {}

  /** Makes {@code name} a link to it, so that whoever opens that file finds a full disk. */
  public static void standIn(Path name) {
    try {
      Files.createDirectories(name.toAbsolutePath().getParent());
      Files.createSymbolicLink(name, DEVICE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
