package io.arete.rlaif.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.JsonLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads what a growing file of JSON lines has gained. A file that was cut back, or replaced, is
 * read anew from its beginning; that is seen by the bytes before the place that was reached.
 */
final class LineTail {

  private static final int BLOCK = 1 << 16;
  private static final int LONGEST_LINE = 4 << 20;
  private static final int MARK = 256;

  private final Path file;
  private long offset;
  private byte[] mark = {};

  /** A tail of a file, there or not. */
  LineTail(Path file) {
    this.file = file;
  }

  /**
   * Hands on the whole lines since the last call. Lines that are no JSON object, or are longer than
   * 4 MiB, are left out; a file that cannot be read has none.
   *
   * @param again called first if the lines begin anew
   */
  void follow(Runnable again, Consumer<ObjectNode> rows) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < offset || !Arrays.equals(mark, before(channel, offset))) {
        offset = 0;
        again.run();
      }
      lines(channel, rows);
      mark = before(channel, offset);
    } catch (IOException e) {
      if (offset > 0) {
        offset = 0;
        mark = new byte[0];
        again.run();
      }
    }
  }

  private void lines(FileChannel channel, Consumer<ObjectNode> rows) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long at = offset;
    while (channel.read(block.clear(), at) > 0) {
      block.flip();
      while (block.hasRemaining()) {
        byte next = block.get();
        at++;
        if (next == '\n') {
          row(line).ifPresent(rows);
          line.reset();
          offset = at;
        } else if (line.size() <= LONGEST_LINE) {
          line.write(next);
        }
      }
    }
  }

  private static Optional<ObjectNode> row(ByteArrayOutputStream line) {
    return line.size() > LONGEST_LINE
        ? Optional.empty()
        : row(line.toString(StandardCharsets.UTF_8));
  }

  /** The object of a line; empty if it is none. */
  static Optional<ObjectNode> row(String line) {
    try {
      return line.isBlank()
          ? Optional.empty()
          : JsonLines.value("line", 1, line, (number, row) -> Optional.of(row));
    } catch (AreteException e) {
      return Optional.empty();
    }
  }

  private static byte[] before(FileChannel channel, long end) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MARK, end));
    long start = end - bytes.capacity();
    while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) > 0) {
      // A read may return less than was asked for.
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}
