package io.arete.rlaif.file;

import io.arete.engine.AreteException;
import io.arete.engine.FullDisk;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Turns what the file system says into a sentence for the person who must act. */
public final class IoFailure {

  private IoFailure() {}

  /** The failure of reading that file or folder. */
  public static AreteException reading(Path path, IOException cause) {
    return new AreteException("Cannot read " + path + ": " + reason(cause) + ".", cause);
  }

  /** The failure of writing that file or folder. */
  public static AreteException writing(Path path, IOException cause) {
    return new AreteException("Cannot write " + path + ": " + reason(cause) + ".", cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "there is no such file; check the path";
    }
    if (cause instanceof AccessDeniedException) {
      return "access is denied; check its permissions";
    }
    if (cause instanceof NotDirectoryException) {
      return "a part of the path is not a folder";
    }
    if (FullDisk.says(cause)) {
      return "no space is left on the disk; free some and start again, the run continues";
    }
    return String.valueOf(cause.getMessage());
  }
}
