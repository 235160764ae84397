package io.arete.rlaif.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The few messages of TensorFlow's event.proto that scalars need, as protocol buffers:
 *
 * <pre>
 * Event   { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; }
 * Summary { repeated Value value = 1; }
 * Value   { string tag = 1; float simple_value = 2; }
 * </pre>
 */
final class EventMessage {

  private static final String VERSION = "brain.Event:2";

  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;

  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int COUNTED_BYTES = 2;
  private static final int FOUR_BYTES = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

  private EventMessage() {}

  /** The event that a file begins with. */
  static byte[] version() {
    EventMessage event = new EventMessage();
    event.counted(FILE_VERSION, VERSION.getBytes(StandardCharsets.UTF_8));
    return event.bytes.toByteArray();
  }

  /** The numbers of a step, in single precision. A step of 0 is left out, as the format has it. */
  static byte[] scalars(long step, Map<String, Double> values) {
    EventMessage summary = new EventMessage();
    values.forEach((tag, value) -> summary.counted(VALUE, value(tag, value)));
    EventMessage event = new EventMessage();
    if (step != 0) {
      event.key(WALL_TIME, EIGHT_BYTES);
      event.fixed(
          ByteBuffer.allocate(Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putDouble((double) step)
              .array());
      event.key(STEP, VARINT);
      event.varint(step);
    }
    event.counted(SUMMARY, summary.bytes.toByteArray());
    return event.bytes.toByteArray();
  }

  private static byte[] value(String tag, double number) {
    EventMessage value = new EventMessage();
    value.counted(TAG, tag.getBytes(StandardCharsets.UTF_8));
    value.key(SIMPLE_VALUE, FOUR_BYTES);
    value.fixed(
        ByteBuffer.allocate(Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat((float) number)
            .array());
    return value.bytes.toByteArray();
  }

  private void counted(int field, byte[] content) {
    key(field, COUNTED_BYTES);
    varint(content.length);
    bytes.writeBytes(content);
  }

  private void key(int field, int kind) {
    varint(((long) field << 3) | kind);
  }

  private void fixed(byte[] number) {
    bytes.writeBytes(number);
  }

  /** Seven bits a byte, the lowest first; the eighth says that more follow. */
  private void varint(long number) {
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
