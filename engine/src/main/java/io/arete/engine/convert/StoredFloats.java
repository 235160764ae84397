package io.arete.engine.convert;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.checkpoint.TensorEntry;
import io.arete.engine.convert.block.FloatBits;
import java.nio.ByteBuffer;
import java.util.List;

/** The elements of a tensor of a model folder as float32, any part of them at a time. */
final class StoredFloats implements Floats {

  private final TensorEntry entry;
  private final List<ByteBuffer> chunks;

  private StoredFloats(TensorEntry entry, List<ByteBuffer> chunks) {
    this.entry = entry;
    this.chunks = chunks;
  }

  /**
   * Maps a tensor.
   *
   * @throws AreteException if its elements are no floats
   */
  static StoredFloats of(ModelFolder folder, TensorEntry entry) {
    StoredDtype dtype = entry.dtype();
    if (dtype != StoredDtype.F32 && dtype != StoredDtype.F16 && dtype != StoredDtype.BF16) {
      throw new AreteException(
          "%s stores the tensor %s as %s, but the export to GGUF needs F32, F16 or BF16"
              .formatted(folder.path(), Quoted.of(entry.name()), dtype));
    }
    return new StoredFloats(entry, folder.map(entry.name()));
  }

  @Override
  public void read(long first, float[] target, int count) {
    int size = entry.dtype().bytesPerElement();
    // All chunks but the last are of one length, a multiple of any element's.
    long chunkElements = chunks.get(0).capacity() / size;
    for (int i = 0; i < count; i++) {
      long element = first + i;
      ByteBuffer chunk = chunks.get((int) (element / chunkElements));
      target[i] = element(chunk, (int) (element % chunkElements) * size);
    }
  }

  private float element(ByteBuffer chunk, int at) {
    return switch (entry.dtype()) {
      case F32 -> chunk.getFloat(at);
      case F16 -> FloatBits.fromHalf(chunk.getShort(at));
      case BF16 -> FloatBits.fromBfloat16(chunk.getShort(at));
      default -> throw new IllegalStateException("checked when it was mapped");
    };
  }
}
