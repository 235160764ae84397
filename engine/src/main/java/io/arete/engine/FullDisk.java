package io.arete.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A disk without room: recognised in what the systems say of it, and told. */
public final class FullDisk {

  private FullDisk() {}

  /** Whether that failure says that no space, or no more of one's share, is left. */
  public static boolean says(@Nullable Throwable failure) {
    if (!(failure instanceof IOException)) {
      return false;
    }
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left")
        || message.contains("not enough space")
        || message.contains("quota exceeded");
  }

  /** The failure of writing that file or folder: for a full disk, or for any other reason. */
  public static AreteException writing(Path path, IOException cause) {
    return says(cause)
        ? new AreteException(
            "no space is left on the disk to write " + path + "; free some and start again", cause)
        : new AreteException(path + " cannot be written: " + cause.getMessage(), cause);
  }
}
