package io.arete.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of strict UTF-8, none of which may be so long that it fills the heap. */
final class BoundedLines {

  private static final int LONGEST_LINE_BYTES = 16 << 20;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final InputStream input;
  private long number;

  BoundedLines(InputStream input) {
    this.input = new BufferedInputStream(input, 1 << 16);
  }

  /** A line is longer than anything sensible. */
  static final class TooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    private TooLongException() {
      super("it is longer than " + (LONGEST_LINE_BYTES >> 20) + " MiB; split it");
    }
  }

  /** The number of the line that was read last, or could not be read; the first is 1. */
  long number() {
    return number;
  }

  /** The next line without its line break, or null after the last. */
  @Nullable String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    number++;
    int read;
    while ((read = input.read()) >= 0 && read != '\n') {
      if (line.size() == LONGEST_LINE_BYTES) {
        throw new TooLongException();
      }
      line.write(read);
    }
    if (read < 0 && line.size() == 0) {
      return null;
    }
    String text =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toByteArray())).toString();
    boolean marked = number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return marked ? text.substring(1) : text;
  }
}
