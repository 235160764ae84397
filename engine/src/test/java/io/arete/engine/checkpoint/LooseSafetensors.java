package io.arete.engine.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * safetensors as drawn bytes reach them: a file as it is, or, where the bytes begin with a brace,
 * header and content parted by a zero byte. The length before the header is then right whatever was
 * drawn, and the content is as long as the header says; chance alone would seldom meet both.
 */
public final class LooseSafetensors {

  private static final Pattern END =
      Pattern.compile("\"data_offsets\"\\s*:\\s*\\[\\s*\\d{1,9}\\s*,\\s*(\\d{1,9})\\s*\\]");
  private static final int LONGEST_CONTENT = 1 << 16;
  private static final int LENGTH_BYTES = 8;

  private LooseSafetensors() {}

  /** The file that drawn bytes mean. */
  public static byte[] file(byte[] drawn) {
    if (drawn.length == 0 || drawn[0] != '{') {
      return drawn;
    }
    int header = 0;
    while (header < drawn.length && drawn[header] != 0) {
      header++;
    }
    int given = Math.max(0, drawn.length - header - 1);
    ByteBuffer file =
        ByteBuffer.allocate(LENGTH_BYTES + header + contentLength(drawn, header, given))
            .order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header).put(drawn, 0, header);
    file.put(drawn, drawn.length - given, Math.min(given, file.remaining()));
    return file.array();
  }

  /** The drawn bytes that mean a valid file, its header in reach of mutations. */
  public static byte[] loose(byte[] file) {
    int header = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    int content = LENGTH_BYTES + header;
    return ByteBuffer.allocate(file.length - LENGTH_BYTES + 1)
        .put(file, LENGTH_BYTES, header)
        .put((byte) 0)
        .put(file, content, file.length - content)
        .array();
  }

  private static int contentLength(byte[] drawn, int header, int given) {
    Matcher ends = END.matcher(new String(drawn, 0, header, StandardCharsets.ISO_8859_1));
    int claimed = -1;
    while (ends.find()) {
      claimed = Math.max(claimed, Integer.parseInt(ends.group(1)));
    }
    return claimed < 0 || claimed > LONGEST_CONTENT ? given : claimed;
  }
}
