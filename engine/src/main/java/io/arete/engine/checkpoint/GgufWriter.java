package io.arete.engine.checkpoint;

import io.arete.engine.AreteException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Writes GGUF files of version 3, little-endian: the same content gives the same bytes. */
public final class GgufWriter {

  private static final int VERSION = 3;
  private static final int ALIGNMENT = 32;

  private GgufWriter() {}

  /**
   * Writes {@code target} whole or not at all, one tensor after the other.
   *
   * @throws AreteException if the file cannot be written, with the bytes needed when the disk is
   *     full
   * @throws IllegalArgumentException if a tensor's content is not as long as it says
   */
  public static void write(Path target, GgufHeader metadata, List<GgufContent> tensors) {
    byte[] head = head(metadata, tensors);
    long size = head.length;
    for (GgufContent tensor : tensors) {
      size = Math.addExact(size, padded(tensor.bytes()));
    }
    AtomicFile.write(
        target,
        size,
        sink -> {
          sink.write(ByteBuffer.wrap(head));
          for (GgufContent tensor : tensors) {
            writeTensor(tensor, sink);
          }
        });
  }

  private static byte[] head(GgufHeader metadata, List<GgufContent> tensors) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    GgufHeader.int32(head, VERSION);
    GgufHeader.int64(head, tensors.size());
    GgufHeader.int64(head, metadata.count());
    head.writeBytes(metadata.toBytes());
    long offset = 0;
    for (GgufContent tensor : tensors) {
      GgufHeader.string(head, tensor.name());
      List<Long> shape = tensor.shape();
      GgufHeader.int32(head, shape.size());
      for (int i = shape.size() - 1; i >= 0; i--) {
        GgufHeader.int64(head, shape.get(i));
      }
      GgufHeader.int32(head, tensor.type().code());
      GgufHeader.int64(head, offset);
      offset = Math.addExact(offset, padded(tensor.bytes()));
    }
    head.writeBytes(new byte[(int) (padded(head.size()) - head.size())]);
    return head.toByteArray();
  }

  private static void writeTensor(GgufContent tensor, AtomicFile.ByteSink sink) throws IOException {
    ExactContent.write(
        tensor.name(),
        "shape " + tensor.shape() + " of " + tensor.type(),
        tensor.bytes(),
        tensor.content(),
        sink);
    sink.write(ByteBuffer.allocate((int) (padded(tensor.bytes()) - tensor.bytes())));
  }

  private static long padded(long bytes) {
    return Math.addExact(bytes, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
