package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.file.IoFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends JSON objects to a file, one a line, so that a kill at any instant leaves whole lines and
 * at most one torn one, which the next opening cuts off.
 *
 * <p>The cursor is the size in bytes of the whole lines. A checkpoint that stores it after {@link
 * #force()} can be returned to: {@link #openAt} cuts the file back to it.
 */
public final class JsonLinesWriter implements AutoCloseable {

  private static final int BLOCK = 1 << 16;

  private final Path file;
  private final FileChannel channel;
  private long cursor;

  private JsonLinesWriter(Path file, FileChannel channel, long cursor) {
    this.file = file;
    this.channel = channel;
    this.cursor = cursor;
  }

  /** Opens the file after its last whole line, creating it if it is not there. */
  public static JsonLinesWriter open(Path file) {
    FileChannel channel = channel(file);
    try {
      return cutTo(file, channel, afterLastLineEnd(channel));
    } catch (IOException e) {
      throw closing(file, channel, e);
    }
  }

  /**
   * Opens the file at a cursor that an earlier writer gave, and forgets what follows it.
   *
   * @throws AreteException if the file has no line end there, so that it is not the same file
   */
  public static JsonLinesWriter openAt(Path file, long cursor) {
    FileChannel channel = channel(file);
    try {
      if (cursor < 0 || cursor > channel.size() || !isLineStart(channel, cursor)) {
        channel.close();
        throw new AreteException(
            file
                + " does not hold the "
                + cursor
                + " bytes that its checkpoint counted; it was changed from outside,"
                + " so repeat the stage.");
      }
      return cutTo(file, channel, cursor);
    } catch (IOException e) {
      throw closing(file, channel, e);
    }
  }

  /**
   * Appends one line. It survives the end of this process, and after {@link #force()} a power cut.
   */
  public void append(ObjectNode row) {
    ByteBuffer line = ByteBuffer.wrap((row + "\n").getBytes(StandardCharsets.UTF_8));
    int length = line.remaining();
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
    cursor += length;
  }

  /** The size in bytes of all whole lines. */
  public long cursor() {
    return cursor;
  }

  /** Returns when the disk holds every line. */
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

  private static FileChannel channel(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  private static JsonLinesWriter cutTo(Path file, FileChannel channel, long cursor)
      throws IOException {
    channel.truncate(cursor);
    channel.position(cursor);
    return new JsonLinesWriter(file, channel, cursor);
  }

  private static boolean isLineStart(FileChannel channel, long cursor) throws IOException {
    if (cursor == 0) {
      return true;
    }
    ByteBuffer last = ByteBuffer.allocate(1);
    return channel.read(last, cursor - 1) == 1 && last.get(0) == '\n';
  }

  private static long afterLastLineEnd(FileChannel channel) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    long end = channel.size();
    while (end > 0) {
      long start = Math.max(0, end - BLOCK);
      block.clear().limit((int) (end - start));
      while (block.hasRemaining() && channel.read(block, start + block.position()) > 0) {
        // A read may return less than was asked for.
      }
      for (int i = block.position() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          return start + i + 1;
        }
      }
      end = start;
    }
    return 0;
  }

  private static AreteException closing(Path file, FileChannel channel, IOException cause) {
    try {
      channel.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return IoFailure.writing(file, cause);
  }
}
