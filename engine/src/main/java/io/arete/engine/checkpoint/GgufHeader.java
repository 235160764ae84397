package io.arete.engine.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The metadata of a GGUF file to be written, in the order of the calls. llama.cpp asks for an exact
 * type under each name, so that each type has its method.
 */
public final class GgufHeader {

  private static final int UINT32 = 4;
  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int BOOL = 7;
  private static final int STRING = 8;
  private static final int ARRAY = 9;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Set<String> keys = new HashSet<>();

  /** Adds a string. */
  public GgufHeader text(String key, String value) {
    key(key, STRING);
    string(bytes, value);
    return this;
  }

  /**
   * Adds an unsigned 32-bit integer.
   *
   * @throws IllegalArgumentException if it is negative or too large
   */
  public GgufHeader uint32(String key, long value) {
    if (value < 0 || value > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(key + " cannot be " + value);
    }
    key(key, UINT32);
    int32(bytes, (int) value);
    return this;
  }

  /** Adds a float32. */
  public GgufHeader float32(String key, float value) {
    key(key, FLOAT32);
    int32(bytes, Float.floatToRawIntBits(value));
    return this;
  }

  /** Adds a truth value. */
  public GgufHeader flag(String key, boolean value) {
    key(key, BOOL);
    bytes.write(value ? 1 : 0);
    return this;
  }

  /** Adds an array of strings. */
  public GgufHeader texts(String key, List<String> values) {
    array(key, STRING, values.size());
    values.forEach(value -> string(bytes, value));
    return this;
  }

  /** Adds an array of signed 32-bit integers. */
  public GgufHeader int32s(String key, List<Integer> values) {
    array(key, INT32, values.size());
    values.forEach(value -> int32(bytes, value));
    return this;
  }

  /** How many were added. */
  int count() {
    return keys.size();
  }

  /** All of them, as they stand in the file. */
  byte[] toBytes() {
    return bytes.toByteArray();
  }

  static void string(ByteArrayOutputStream out, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    int64(out, utf8.length);
    out.writeBytes(utf8);
  }

  static void int32(ByteArrayOutputStream out, int value) {
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  static void int64(ByteArrayOutputStream out, long value) {
    out.writeBytes(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  private void array(String key, int type, int length) {
    key(key, ARRAY);
    int32(bytes, type);
    int64(bytes, length);
  }

  private void key(String key, int type) {
    if (!keys.add(key)) {
      throw new IllegalArgumentException(key + " is there twice");
    }
    string(bytes, key);
    int32(bytes, type);
  }
}
