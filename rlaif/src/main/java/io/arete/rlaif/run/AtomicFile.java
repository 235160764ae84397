package io.arete.rlaif.run;

import io.arete.rlaif.file.IoFailure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files that appear whole or not at all: to a sibling first, then to the disk, then renamed.
 * Whoever is killed meanwhile leaves the old file, and a sibling that the next write replaces.
 */
public final class AtomicFile {

  private AtomicFile() {}

  /** Writes the content of a file. */
  public interface Body {

    /** Writes everything; the stream is closed by the caller. */
    void writeTo(OutputStream output) throws IOException;
  }

  /**
   * Writes a file, making its folder if need be.
   *
   * @throws io.arete.engine.AreteException if that fails; the old file is then still there
   */
  public static void write(Path file, Body body) {
    Path target = file.toAbsolutePath();
    Path folder = folderOf(target);
    Path aside = folder.resolve("." + target.getFileName() + ".tmp");
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
          FileChannel.open(
              aside,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        OutputStream output = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        body.writeTo(output);
        output.flush();
        channel.force(true);
      }
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
      Disk.forceFolder(folder);
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  /** Writes a text file in UTF-8. */
  public static void writeText(Path file, String text) {
    write(file, output -> output.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Path folderOf(Path target) {
    Path folder = target.getParent();
    if (folder == null) {
      throw new IllegalArgumentException("A file system's root is no file: " + target);
    }
    return folder;
  }
}
