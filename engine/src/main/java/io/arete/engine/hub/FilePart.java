package io.arete.engine.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stretch of a file as a request's body, read when it is sent.
 *
 * @param from the first byte
 * @param length bytes
 */
record FilePart(Path file, long from, long length) {

  /** The body; {@code moved} counts what was read of it. */
  BodyPublisher body(AtomicLong moved) {
    if (length == 0) {
      return BodyPublishers.noBody();
    }
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(() -> new Counted(open(), length, moved)), length);
  }

  private InputStream open() {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      return Channels.newInputStream(channel.position(from));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends after so many bytes. */
  private static final class Counted extends FilterInputStream {
    private final AtomicLong moved;
    private long left;

    Counted(InputStream input, long length, AtomicLong moved) {
      super(input);
      this.left = length;
      this.moved = moved;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(target, offset, (int) Math.min(length, left));
      if (read < 0) {
        throw new IOException("the file became shorter while it was sent");
      }
      left -= read;
      moved.addAndGet(read);
      return read;
    }
  }
}
