package io.arete.engine.convert;

import io.arete.engine.checkpoint.AtomicFile.ByteSink;
import io.arete.engine.checkpoint.GgmlType;
import io.arete.engine.checkpoint.GgufFile;
import io.arete.engine.checkpoint.GgufTensor;
import io.arete.engine.convert.block.BlockDecoder;
import io.arete.engine.convert.block.FloatBits;
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
  private final BlockDecoder decoder;
  private final ByteSink sink;

  TensorStream(GgufFile file, GgufTensor source, ByteSink sink) {
    this.file = file;
    this.source = source;
    this.decoder = BlockDecoder.of(source.type());
    this.sink = sink;
  }

  /** Writes all elements, with the rows of {@code rotaryHeads} heads reordered if it is not 0. */
  void write(int rotaryHeads) throws IOException {
    if (rotaryHeads == 0) {
      writeRange(0, source.elements());
      return;
    }
    long rows = source.shape().get(0);
    long rowElements = source.elements() / rows;
    RotaryRows order = RotaryRows.of(rows, rotaryHeads);
    for (long row = 0; row < rows; row++) {
      writeRange(order.inGguf(row) * rowElements, rowElements);
    }
  }

  private void writeRange(long firstElement, long elements) throws IOException {
    GgmlType type = source.type();
    for (long done = 0; done < elements; done += PIECE_ELEMENTS) {
      int count = (int) Math.min(PIECE_ELEMENTS, elements - done);
      long fromBlock = (firstElement + done) / type.blockElements();
      int bytes = count / type.blockElements() * type.blockBytes();
      ByteBuffer blocks = file.read(source, fromBlock * type.blockBytes(), bytes);
      sink.write(bfloat16(blocks, count, type.blockElements()));
    }
  }

  private ByteBuffer bfloat16(ByteBuffer blocks, int count, int blockElements) {
    ByteBuffer target = ByteBuffer.allocate(count * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[blockElements];
    while (blocks.hasRemaining()) {
      decoder.decode(blocks, values, 0);
      for (float value : values) {
        target.putShort(FloatBits.toBfloat16(value));
      }
    }
    return target.flip();
  }
}
