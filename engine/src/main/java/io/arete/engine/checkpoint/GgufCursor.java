package io.arete.engine.checkpoint;

import io.arete.engine.AreteException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Reads a GGUF file's numbers and strings one after the other, never past its end. */
final class GgufCursor {

  private static final int WINDOW_BYTES = 1 << 16;

  private final FileBytes file;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowEnd;

  GgufCursor(FileBytes file) {
    this.file = file;
  }

  /** The offset of the next byte. */
  long position() {
    return windowEnd - window.remaining();
  }

  /** The bytes from here to the end of the file. */
  long remaining() {
    return file.size() - position();
  }

  byte int8(String what) {
    return next(Byte.BYTES, what).get();
  }

  short int16(String what) {
    return next(Short.BYTES, what).getShort();
  }

  int int32(String what) {
    return next(Integer.BYTES, what).getInt();
  }

  long int64(String what) {
    return next(Long.BYTES, what).getLong();
  }

  /** An unsigned 64-bit count from 0 to {@code most}. */
  long count(String what, long most) {
    long count = int64(what);
    if (count < 0 || count > most) {
      throw broken(
          "%s is %s, but at most %d is allowed"
              .formatted(what, Long.toUnsignedString(count), most));
    }
    return count;
  }

  /** A string of at most {@code maxBytes} bytes of UTF-8. */
  String text(String what, int maxBytes) {
    int length = (int) count("the length of " + what, maxBytes);
    ByteBuffer bytes = next(length, what);
    ByteBuffer own = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    try {
      return utf8.decode(own).toString();
    } catch (CharacterCodingException e) {
      throw broken(what + " is not UTF-8");
    }
  }

  /** The failure of a file whose content contradicts the format. */
  AreteException broken(String fault) {
    return new AreteException(
        "%s is a broken GGUF file: %s; fetch it again".formatted(file.path(), fault));
  }

  /** The window with at least {@code bytes} bytes to come. */
  private ByteBuffer next(int bytes, String what) {
    if (window.remaining() < bytes) {
      long start = position();
      if (bytes > file.size() - start) {
        throw new AreteException(
            "%s is truncated: %s needs %d bytes at byte %d, but the file has %d; fetch it again"
                .formatted(file.path(), what, bytes, start, file.size()));
      }
      int length = (int) Math.min(Math.max(WINDOW_BYTES, bytes), file.size() - start);
      window = file.read(start, length);
      windowEnd = start + length;
    }
    return window;
  }
}
