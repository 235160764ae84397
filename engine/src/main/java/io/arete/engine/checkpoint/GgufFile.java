package io.arete.engine.checkpoint;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A GGUF file (versions 2 and 3, little-endian) open for reading: metadata, then the tensors' names
 * and places, then their bytes. Opening reads all but the bytes and checks it whole. Format: ggml's
 * {@code docs/gguf.md}.
 */
public final class GgufFile implements AutoCloseable {

  /** The bytes {@code GGUF}, read as a little-endian number. */
  private static final int MAGIC = 0x46554747;

  private static final int MAX_TENSORS = 200_000;
  private static final int MAX_NAME_BYTES = 1_024;
  private static final int MAX_DIMENSIONS = 4;
  private static final int DEFAULT_ALIGNMENT = 32;
  private static final int MAX_ALIGNMENT = 1 << 20;

  private final FileBytes file;
  private final GgufMetadata metadata;
  private final Map<String, GgufTensor> tensors;

  private GgufFile(FileBytes file, GgufMetadata metadata, Map<String, GgufTensor> tensors) {
    this.file = file;
    this.metadata = metadata;
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /**
   * Opens {@code path}; the caller closes it.
   *
   * @throws AreteException if it does not exist, anything in it contradicts the format, or a tensor
   *     is of a type that is not read here
   */
  public static GgufFile open(Path path) {
    FileBytes file = FileBytes.open(path);
    try {
      return parse(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The metadata. */
  public GgufMetadata metadata() {
    return metadata;
  }

  /** The tensors by name, in file order. */
  public Map<String, GgufTensor> tensors() {
    return tensors;
  }

  /**
   * A copy of {@code length} of the tensor's bytes, from its byte {@code from} on, little-endian.
   * Copies, since blocks of 20 or 34 bytes would straddle the borders of mapped chunks.
   */
  public ByteBuffer read(GgufTensor tensor, long from, int length) {
    if (!tensor.equals(tensors.get(tensor.name()))
        || from < 0
        || length < 0
        || length > tensor.bytes() - from) {
      throw new IllegalArgumentException(
          "bytes %d + %d of %s are not in %s".formatted(from, length, tensor, file.path()));
    }
    return file.read(tensor.offset() + from, length);
  }

  @Override
  public void close() {
    file.close();
  }

  private static GgufFile parse(FileBytes file) {
    GgufCursor cursor = new GgufCursor(file);
    if (cursor.int32("the signature GGUF") != MAGIC) {
      throw new AreteException(file.path() + " is not a GGUF file: it does not start with GGUF");
    }
    int version = cursor.int32("the version");
    if (version != 2 && version != 3) {
      throw new AreteException(
          "%s is of GGUF version %s, but only 2 and 3 (little-endian) are read; convert it anew"
              .formatted(file.path(), Integer.toUnsignedString(version)));
    }
    long tensorCount = cursor.count("the number of tensors", MAX_TENSORS);
    long keyCount = cursor.count("the number of metadata", GgufMetadataReader.MAX_KEYS);
    GgufMetadata metadata =
        new GgufMetadata(file.path(), new GgufMetadataReader(cursor).read(keyCount));
    List<GgufTensor> relative = new ArrayList<>();
    for (long i = 0; i < tensorCount; i++) {
      relative.add(tensorInfo(file.path(), cursor));
    }
    long alignment = alignment(metadata, cursor);
    long dataStart = (cursor.position() + alignment - 1) / alignment * alignment;
    Map<String, GgufTensor> tensors = place(relative, dataStart, alignment, file, cursor);
    requireNoOverlap(tensors, cursor);
    return new GgufFile(file, metadata, tensors);
  }

  /** Reads one tensor; its offset counts from the start of the data as yet. */
  private static GgufTensor tensorInfo(Path path, GgufCursor cursor) {
    String name = cursor.text("a tensor name", MAX_NAME_BYTES);
    String what = "tensor " + Quoted.of(name);
    int dimensions = cursor.int32(what);
    if (dimensions < 0 || dimensions > MAX_DIMENSIONS) {
      throw cursor.broken(
          "%s has %s dimensions, but at most %d are allowed"
              .formatted(what, Integer.toUnsignedString(dimensions), MAX_DIMENSIONS));
    }
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      shape.add(0, cursor.count("a dimension of " + what, Long.MAX_VALUE));
    }
    int code = cursor.int32("the type of " + what);
    long offset = cursor.count("the offset of " + what, Long.MAX_VALUE);
    GgmlType type =
        GgmlType.of(code)
            .orElseThrow(
                () ->
                    new AreteException(
                        "%s stores %s as %s, which is not read; allowed are %s"
                            .formatted(
                                path,
                                what,
                                GgmlType.nameOfOther(code),
                                List.of(GgmlType.values()))));
    OptionalLong elements = Sizes.elements(shape);
    long row = shape.isEmpty() ? 1 : shape.get(shape.size() - 1);
    if (elements.isEmpty()
        || row % type.blockElements() != 0
        || elements.getAsLong() / type.blockElements() > Long.MAX_VALUE / type.blockBytes()) {
      throw cursor.broken("%s cannot have the shape %s as %s".formatted(what, shape, type));
    }
    long bytes = elements.getAsLong() / type.blockElements() * type.blockBytes();
    return new GgufTensor(name, type, shape, offset, bytes);
  }

  private static long alignment(GgufMetadata metadata, GgufCursor cursor) {
    long alignment =
        metadata.optionalWhole("general.alignment", 1, MAX_ALIGNMENT).orElse(DEFAULT_ALIGNMENT);
    if (Long.bitCount(alignment) != 1) {
      throw cursor.broken("general.alignment is " + alignment + ", which is no power of two");
    }
    return alignment;
  }

  private static Map<String, GgufTensor> place(
      List<GgufTensor> relative,
      long dataStart,
      long alignment,
      FileBytes file,
      GgufCursor cursor) {
    Map<String, GgufTensor> tensors = new LinkedHashMap<>();
    long room = file.size() - dataStart;
    for (GgufTensor tensor : relative) {
      String what = "tensor " + Quoted.of(tensor.name());
      if (tensor.offset() % alignment != 0) {
        throw cursor.broken(
            "%s starts at byte %d of the data, which is no multiple of %d"
                .formatted(what, tensor.offset(), alignment));
      }
      if (tensor.offset() > room || tensor.bytes() > room - tensor.offset()) {
        throw new AreteException(
            "%s is truncated: %s of %d bytes starts at byte %d of the data, but the file has %d bytes and its data start at byte %d; fetch it again"
                .formatted(
                    file.path(), what, tensor.bytes(), tensor.offset(), file.size(), dataStart));
      }
      GgufTensor inFile =
          new GgufTensor(
              tensor.name(),
              tensor.type(),
              tensor.shape(),
              dataStart + tensor.offset(),
              tensor.bytes());
      if (tensors.put(tensor.name(), inFile) != null) {
        throw cursor.broken(what + " is there twice");
      }
    }
    return tensors;
  }

  private static void requireNoOverlap(Map<String, GgufTensor> tensors, GgufCursor cursor) {
    List<GgufTensor> inOrder = new ArrayList<>(tensors.values());
    inOrder.sort(Comparator.comparingLong(GgufTensor::offset).thenComparing(GgufTensor::bytes));
    long end = 0;
    for (GgufTensor tensor : inOrder) {
      if (tensor.offset() < end) {
        throw cursor.broken(
            "tensor %s overlaps the tensor before it".formatted(Quoted.of(tensor.name())));
      }
      end = tensor.offset() + tensor.bytes();
    }
  }
}
