package io.arete.engine.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes safetensors files: the same tensors give the same bytes. Wider element types stand first,
 * so that every tensor is aligned to its elements (torch refuses others), then names in order.
 */
public final class SafetensorsWriter {

  private static final Comparator<NamedTensor> FILE_ORDER =
      Comparator.comparingInt((NamedTensor tensor) -> -tensor.dtype().bytesPerElement())
          .thenComparing(NamedTensor::name);

  private SafetensorsWriter() {}

  /**
   * Writes {@code target} whole or not at all, one tensor after the other.
   *
   * @param metadata the header's {@code __metadata__}; transformers wants {@code format} = {@code
   *     pt} in it
   * @throws AreteException if the file cannot be written, with the bytes needed when the disk is
   *     full
   * @throws IllegalArgumentException if two tensors share a name or a tensor's content is not as
   *     long as it says
   */
  public static void write(Path target, Map<String, String> metadata, List<NamedTensor> tensors) {
    requireNames(tensors);
    List<NamedTensor> inOrder = tensors.stream().sorted(FILE_ORDER).toList();
    byte[] header = header(metadata, inOrder);
    long size = SafetensorsHeader.LENGTH_BYTES + (long) header.length;
    for (NamedTensor tensor : inOrder) {
      size = Math.addExact(size, tensor.bytes());
    }
    AtomicFile.write(
        target,
        size,
        sink -> {
          ByteBuffer length =
              ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
          sink.write(length.putLong(0, header.length));
          sink.write(ByteBuffer.wrap(header));
          for (NamedTensor tensor : inOrder) {
            writeTensor(tensor, sink);
          }
        });
  }

  private static void requireNames(List<NamedTensor> tensors) {
    Set<String> names = new HashSet<>();
    for (NamedTensor tensor : tensors) {
      String name = tensor.name();
      if (name.isEmpty()
          || name.length() > BoundedJson.MAX_NAME_LENGTH
          || name.equals(SafetensorsHeader.METADATA)
          || !names.add(name)) {
        throw new IllegalArgumentException(
            "a tensor cannot be named " + Quoted.of(name) + " or the name is there twice");
      }
    }
  }

  private static byte[] header(Map<String, String> metadata, List<NamedTensor> inOrder) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafetensorsHeader.METADATA);
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (NamedTensor tensor : inOrder) {
        writeEntry(json, tensor, offset);
        offset = Math.addExact(offset, tensor.bytes());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return paddedWithSpaces(bytes.toByteArray());
  }

  private static void writeEntry(JsonGenerator json, NamedTensor tensor, long offset)
      throws IOException {
    json.writeObjectFieldStart(tensor.name());
    json.writeStringField("dtype", tensor.dtype().name());
    json.writeArrayFieldStart("shape");
    for (long dimension : tensor.shape()) {
      json.writeNumber(dimension);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("data_offsets");
    json.writeNumber(offset);
    json.writeNumber(Math.addExact(offset, tensor.bytes()));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static byte[] paddedWithSpaces(byte[] header) {
    byte[] padded = Arrays.copyOf(header, (header.length + 7) / 8 * 8);
    Arrays.fill(padded, header.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void writeTensor(NamedTensor tensor, AtomicFile.ByteSink sink) throws IOException {
    ExactContent.write(
        tensor.name(),
        "shape " + tensor.shape() + " of " + tensor.dtype(),
        tensor.bytes(),
        tensor.content(),
        sink);
  }
}
