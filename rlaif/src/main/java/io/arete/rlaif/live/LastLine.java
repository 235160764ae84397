package io.arete.rlaif.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The newest row of a file of JSON lines, found from its end. */
final class LastLine {

  private static final int MOST_BYTES = 1 << 20;

  private LastLine() {}

  /** The last whole line's object; empty if there is none within the file's last MiB. */
  static Optional<ObjectNode> of(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MOST_BYTES, size));
      long start = size - bytes.capacity();
      while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) > 0) {
        // A read may return less than was asked for.
      }
      byte[] all = bytes.array();
      int end = lineEnd(all, bytes.position());
      int begin = lineEnd(all, end) + 1;
      boolean whole = end >= 0 && (begin > 0 || start == 0);
      return whole
          ? LineTail.row(new String(all, begin, end - begin, StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The last line end before a place; -1 if there is none. */
  private static int lineEnd(byte[] bytes, int before) {
    int at = before - 1;
    while (at >= 0 && bytes[at] != '\n') {
      at--;
    }
    return at;
  }
}
