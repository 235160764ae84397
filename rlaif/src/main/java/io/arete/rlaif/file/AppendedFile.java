package io.arete.rlaif.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that grows at its end, and can be cut back. What goes wrong is told with its name. */
public final class AppendedFile implements AutoCloseable {

  private final Path file;
  private final FileChannel channel;

  private AppendedFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Opens the file at its beginning, making it and its folder if they are not there. */
  public static AppendedFile open(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return new AppendedFile(
          file,
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  /** Writes all bytes where the last ones ended, or none: another writer may go on behind them. */
  public void append(byte[] bytes) {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    try {
      long start = channel.position();
      try {
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      } catch (IOException e) {
        channel.truncate(start);
        throw e;
      }
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  /** Forgets what follows, and goes on from there. */
  public void cutTo(long end) {
    try {
      channel.truncate(end);
      channel.position(end);
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  /** Forgets what follows the last bytes that were appended. */
  public void cut() {
    try {
      channel.truncate(channel.position());
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  /** Its size in bytes. */
  public long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  /** Fills the block as far as the file goes, from {@code start} on. */
  public void read(ByteBuffer block, long start) {
    try {
      while (block.hasRemaining() && channel.read(block, start + block.position()) > 0) {
        // A read may return less than was asked for.
      }
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  /** Returns when the disk holds every byte. */
  public void force() {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }
}
