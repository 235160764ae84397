package io.arete.engine.convert;

import io.arete.engine.checkpoint.AtomicFile.ByteSink;
import io.arete.engine.checkpoint.GgmlType;
import io.arete.engine.checkpoint.GgufFile;
import io.arete.engine.checkpoint.GgufTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Streams one GGUF tensor as bfloat16, piece by piece, with rotary rows in Hugging Face's order.
 */
final class TensorStream {

  /** A multiple of every block; half a megabyte of bfloat16. */
  private static final int PIECE_ELEMENTS = 1 << 18;

  private final GgufFile file;
  private final GgufTensor source;
  private final ByteSink sink;

  TensorStream(GgufFile file, GgufTensor source, ByteSink sink) {
    this.file = file;
    this.source = source;
    this.sink = sink;
  }

  /** Writes all elements in the file's order. */
  void write() throws IOException {
    writeRange(0, source.elements());
  }

  /**
   * Writes a query or key weight {@code [heads · width, hidden]}. llama.cpp stores the two halves
   * of a head's rows interleaved, since it rotates neighbours; Hugging Face rotates row i with row
   * i + width/2, so the even rows of a head come first, then the odd ones.
   */
  void writeRotary(int heads) throws IOException {
    long rows = source.shape().get(0);
    long rowElements = source.shape().get(1);
    long width = rows / heads;
    for (long row = 0; row < rows; row++) {
      long within = row % width;
      long half = within / (width / 2);
      long stored = row - within + 2 * (within % (width / 2)) + half;
      writeRange(stored * rowElements, rowElements);
    }
  }

  private void writeRange(long firstElement, long elements) throws IOException {
    GgmlType type = source.type();
    for (long done = 0; done < elements; done += PIECE_ELEMENTS) {
      int count = (int) Math.min(PIECE_ELEMENTS, elements - done);
      long fromBlock = (firstElement + done) / type.blockElements();
      int bytes = count / type.blockElements() * type.blockBytes();
      ByteBuffer quantised = file.read(source, fromBlock * type.blockBytes(), bytes);
      ByteBuffer target = ByteBuffer.allocate(count * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      Bfloat16Encoder.encode(type, quantised, target);
      sink.write(target.flip());
    }
  }
}
