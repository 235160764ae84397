package io.arete.engine.checkpoint;

import io.arete.engine.AreteException;
import io.arete.engine.FullDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file so that its name shows the old content or the whole new one, whatever happens in
 * between: into {@code .NAME.partial} beside it, forced to disk, then renamed. One writer a name.
 */
public final class AtomicFile {

  private static final String PREFIX = ".";
  private static final String SUFFIX = ".partial";

  private AtomicFile() {}

  /** Takes bytes in the order in which they are to stand in the file. */
  @FunctionalInterface
  public interface ByteSink {

    /** Writes all that remains in {@code chunk}. */
    void write(ByteBuffer chunk) throws IOException;
  }

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Body {

    /** Writes everything to {@code sink}. */
    void writeTo(ByteSink sink) throws IOException;
  }

  /**
   * Replaces {@code target}, or creates it; the folder must exist.
   *
   * @param bytesNeeded the size to name should the disk be full
   * @throws AreteException if it cannot be written; {@code target} is then as before and nothing
   *     else is left
   */
  public static void write(Path target, long bytesNeeded, Body body) {
    Path partial = target.resolveSibling(PREFIX + target.getFileName() + SUFFIX);
    try {
      try (FileChannel channel =
          FileChannel.open(
              partial,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        body.writeTo(chunk -> writeAll(channel, chunk));
        channel.force(true);
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      forceFolder(target);
    } catch (IOException e) {
      throw failure(target, bytesNeeded, e);
    } finally {
      deleteLeftover(partial);
    }
  }

  /** Replaces {@code target} by {@code content}; see {@link #write(Path, long, Body)}. */
  public static void write(Path target, byte[] content) {
    write(target, content.length, sink -> sink.write(ByteBuffer.wrap(content)));
  }

  /**
   * Deletes what writers that were killed left half done in a folder; nobody else may be writing
   * there.
   */
  public static void clearPartials(Path folder) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
      for (Path partial : left) {
        if (Files.isRegularFile(partial, LinkOption.NOFOLLOW_LINKS)) {
          Files.delete(partial);
        }
      }
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer chunk) throws IOException {
    while (chunk.hasRemaining()) {
      channel.write(chunk);
    }
  }

  /** Makes the rename itself durable. */
  private static void forceFolder(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows cannot open a folder; its renames are journalled.
    }
  }

  private static AreteException failure(Path target, long bytesNeeded, IOException cause) {
    if (FullDisk.says(cause)) {
      return new AreteException(
          "no space is left on the disk to write %s, which needs %d bytes; free some and start again"
              .formatted(target, bytesNeeded),
          cause);
    }
    return FullDisk.writing(target, cause);
  }

  /** After a rename there is nothing to delete; after a failure the partial file must not stay. */
  private static void deleteLeftover(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      // The failure that is already on its way says more than this one.
    }
  }
}
