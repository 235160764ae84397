package io.arete.rlaif.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads event files by the published formats, with nothing of the writer: its checksum goes bit by
 * bit, its messages take fields in any order.
 */
public final class EventReader {

  private EventReader() {}

  /** The numbers of a step. */
  public record Scalars(long step, double wallTime, Map<String, Float> values) {}

  /** All steps; a torn last record is left out, a wrong checksum fails. */
  public static List<Scalars> read(Path file) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Scalars> all = new ArrayList<>();
    while (bytes.remaining() >= 12) {
      byte[] length = take(bytes, 8);
      requireChecksum(length, bytes.getInt());
      long size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (bytes.remaining() < size + 4) {
        break;
      }
      byte[] content = take(bytes, (int) size);
      requireChecksum(content, bytes.getInt());
      Scalars event = event(content);
      if (!event.values().isEmpty()) {
        all.add(event);
      }
    }
    return all;
  }

  private static Scalars event(byte[] content) {
    long step = 0;
    double wallTime = 0;
    Map<String, Float> values = new LinkedHashMap<>();
    ByteBuffer event = message(content);
    while (event.hasRemaining()) {
      switch ((int) varint(event)) {
        case 1 << 3 | 1 -> wallTime = event.getDouble();
        case 2 << 3 -> step = varint(event);
        case 3 << 3 | 2 -> take(event, (int) varint(event));
        case 5 << 3 | 2 -> {
          ByteBuffer summary = message(take(event, (int) varint(event)));
          while (summary.hasRemaining()) {
            require(varint(summary) == (1 << 3 | 2));
            value(message(take(summary, (int) varint(summary))), values);
          }
        }
        default -> throw new AssertionError("a field of an event that no scalar has");
      }
    }
    return new Scalars(step, wallTime, values);
  }

  private static void value(ByteBuffer value, Map<String, Float> values) {
    String tag = "";
    float number = 0;
    while (value.hasRemaining()) {
      switch ((int) varint(value)) {
        case 1 << 3 | 2 ->
            tag = new String(take(value, (int) varint(value)), StandardCharsets.UTF_8);
        case 2 << 3 | 5 -> number = value.getFloat();
        default -> throw new AssertionError("a field of a value that no scalar has");
      }
    }
    values.put(tag, number);
  }

  private static ByteBuffer message(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long varint(ByteBuffer bytes) {
    long number = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes.get();
      number |= (long) (next & 0x7F) << shift;
      shift += 7;
    } while (next < 0);
    return number;
  }

  private static byte[] take(ByteBuffer bytes, int count) {
    byte[] taken = new byte[count];
    bytes.get(taken);
    return taken;
  }

  private static void requireChecksum(byte[] content, int masked) {
    int crc = -1;
    for (byte one : content) {
      crc ^= one & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82F63B78;
      }
    }
    crc = ~crc;
    require((crc >>> 15 | crc << 17) + 0xA282EAD8 == masked);
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new AssertionError("the file is damaged");
    }
  }
}
