package io.arete.engine.convert;

import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.AtomicFile.ByteSink;
import io.arete.engine.checkpoint.GgmlType;
import io.arete.engine.convert.block.BlockEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Streams one weight in a ggml format, piece by piece, rows in GGUF's order. */
final class ExportStream {

  /** A multiple of every block that is written. */
  private static final int PIECE_ELEMENTS = 1 << 18;

  private final Floats source;
  private final GgmlType type;
  private final BlockEncoder encoder;
  private final float largest;
  private final ByteSink sink;

  /**
   * A stream.
   *
   * @param largest the largest magnitude that the format holds
   */
  ExportStream(Floats source, GgmlType type, float largest, ByteSink sink) {
    this.source = source;
    this.type = type;
    this.encoder =
        switch (type) {
          case F32 -> new BlockEncoder.F32();
          case F16 -> new BlockEncoder.F16();
          case Q8_0 -> new BlockEncoder.Q80();
          default -> throw new IllegalArgumentException(type + " is not written");
        };
    this.largest = largest;
    this.sink = sink;
  }

  /**
   * Writes the tensor of that row.
   *
   * @throws AreteException if an element is no number or too large for the format
   */
  void write(TensorRow row) throws IOException {
    long elements = row.shape().stream().reduce(1L, Math::multiplyExact);
    if (row.rotaryHeads() == 0) {
      writeRange(row, 0, elements);
      return;
    }
    long rows = row.shape().get(0);
    long rowElements = elements / rows;
    RotaryRows order = RotaryRows.of(rows, row.rotaryHeads());
    for (long at = 0; at < rows; at++) {
      writeRange(row, order.inHuggingFace(at) * rowElements, rowElements);
    }
  }

  private void writeRange(TensorRow row, long first, long elements) throws IOException {
    float[] values = new float[(int) Math.min(PIECE_ELEMENTS, elements)];
    for (long done = 0; done < elements; done += PIECE_ELEMENTS) {
      int count = (int) Math.min(PIECE_ELEMENTS, elements - done);
      source.read(first + done, values, count);
      requireInRange(row, values, count);
      int bytes = count / type.blockElements() * type.blockBytes();
      ByteBuffer target = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
      encoder.encode(values, count, target);
      sink.write(target.flip());
    }
  }

  private void requireInRange(TensorRow row, float[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (!(Math.abs(values[i]) <= largest)) {
        throw new AreteException(
            "the tensor %s holds %s, but %s holds numbers up to %s"
                .formatted(row.huggingFace(), values[i], type, largest));
      }
    }
  }
}
