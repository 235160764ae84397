package io.arete.engine.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Builds small GGUF files byte by byte, after ggml's {@code docs/gguf.md}. */
public final class GgufBuilder {

  private static final int ALIGNMENT = 32;

  private final ByteArrayOutputStream metadata = new ByteArrayOutputStream();
  private final ByteArrayOutputStream infos = new ByteArrayOutputStream();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private int keys;
  private int tensors;
  private int version = 3;

  /** Sets the version. */
  public GgufBuilder version(int number) {
    version = number;
    return this;
  }

  /** Adds a string. */
  public GgufBuilder text(String key, String value) {
    key(key, 8);
    string(metadata, value);
    return this;
  }

  /** Adds an unsigned 32-bit integer. */
  public GgufBuilder uint32(String key, int value) {
    key(key, 4);
    int32(metadata, value);
    return this;
  }

  /** Adds a float32. */
  public GgufBuilder float32(String key, float value) {
    key(key, 6);
    int32(metadata, Float.floatToRawIntBits(value));
    return this;
  }

  /** Adds a truth value. */
  public GgufBuilder flag(String key, boolean value) {
    key(key, 7);
    metadata.write(value ? 1 : 0);
    return this;
  }

  /** Adds an array of strings. */
  public GgufBuilder texts(String key, List<String> values) {
    key(key, 9);
    int32(metadata, 8);
    int64(metadata, values.size());
    values.forEach(value -> string(metadata, value));
    return this;
  }

  /** Adds an array of signed 32-bit integers. */
  public GgufBuilder int32s(String key, List<Integer> values) {
    key(key, 9);
    int32(metadata, 5);
    int64(metadata, values.size());
    values.forEach(value -> int32(metadata, value));
    return this;
  }

  /** Adds a value of any type from its bytes. */
  public GgufBuilder raw(String key, int type, Consumer<ByteArrayOutputStream> value) {
    key(key, type);
    value.accept(metadata);
    return this;
  }

  /** Adds a tensor; {@code shape} outermost first, {@code content} in ggml's encoding. */
  public GgufBuilder tensor(String name, int type, List<Long> shape, byte[] content) {
    while (data.size() % ALIGNMENT != 0) {
      data.write(0);
    }
    info(name, type, shape, data.size());
    data.writeBytes(content);
    return this;
  }

  /** Adds a float32 tensor. */
  public GgufBuilder tensor(String name, List<Long> shape, float... elements) {
    ByteBuffer bytes = ByteBuffer.allocate(elements.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(elements);
    return tensor(name, 0, shape, bytes.array());
  }

  /** Adds a tensor's name and place without any content. */
  public GgufBuilder info(String name, int type, List<Long> shape, long offset) {
    string(infos, name);
    int32(infos, shape.size());
    List<Long> innermostFirst = new ArrayList<>(shape);
    java.util.Collections.reverse(innermostFirst);
    innermostFirst.forEach(dimension -> int64(infos, dimension));
    int32(infos, type);
    int64(infos, offset);
    tensors++;
    return this;
  }

  /** The file's bytes. */
  public byte[] bytes() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    int32(file, version);
    int64(file, tensors);
    int64(file, keys);
    file.writeBytes(metadata.toByteArray());
    file.writeBytes(infos.toByteArray());
    while (file.size() % ALIGNMENT != 0) {
      file.write(0);
    }
    file.writeBytes(data.toByteArray());
    return file.toByteArray();
  }

  /** Writes a little-endian 32-bit integer. */
  public static void int32(ByteArrayOutputStream out, int value) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  /** Writes a little-endian 64-bit integer. */
  public static void int64(ByteArrayOutputStream out, long value) {
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  private void key(String key, int type) {
    string(metadata, key);
    int32(metadata, type);
    keys++;
  }

  private static void string(ByteArrayOutputStream out, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    int64(out, utf8.length);
    out.writeBytes(utf8);
  }
}
