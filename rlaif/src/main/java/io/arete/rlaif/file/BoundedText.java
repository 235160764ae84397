package io.arete.rlaif.file;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whole small text files, read up to a limit that is known before any byte is. */
public final class BoundedText {

  private BoundedText() {}

  /**
   * The text of a UTF-8 file of at most {@code limitBytes} bytes.
   *
   * @throws AreteException if it is missing, a folder, larger, or not UTF-8
   */
  public static String read(Path file, int limitBytes) {
    if (Files.isDirectory(file)) {
      throw new AreteException("Cannot read " + file + ": it is a folder; name a file in it.");
    }
    try (InputStream input = Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes(limitBytes + 1);
      if (bytes.length > limitBytes) {
        throw new AreteException(file + " is larger than the " + limitBytes + " bytes allowed.");
      }
      return decode(bytes, bytes.length, file.toString());
    } catch (IOException e) {
      throw IoFailure.reading(file, e);
    }
  }

  /**
   * The first {@code length} of those bytes as text; a leading byte order mark is left out.
   *
   * @param where what the message names, a file or a line of one
   * @throws AreteException if the bytes are not UTF-8
   */
  public static String decode(byte[] bytes, int length, String where) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, 0, length))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new AreteException(where + " is not UTF-8 text; save it as UTF-8.", e);
    }
  }
}
