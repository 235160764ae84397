package io.arete.engine.convert;

import io.arete.engine.checkpoint.GgmlType;
import java.nio.ByteBuffer;

/**
 * De-quantises GGUF blocks to bfloat16. Values are computed in float32, as ggml does (layouts: see
 * {@link GgmlType}), and rounded once.
 */
final class Bfloat16Encoder {

  private static final int HALF_BLOCK = 16;

  private Bfloat16Encoder() {}

  /** Encodes whole blocks from {@code source} to its end; both buffers are little-endian. */
  static void encode(GgmlType type, ByteBuffer source, ByteBuffer target) {
    while (source.hasRemaining()) {
      switch (type) {
        case F32 -> target.putShort(FloatBits.toBfloat16(source.getFloat()));
        case F16 -> target.putShort(FloatBits.toBfloat16(FloatBits.fromHalf(source.getShort())));
        case BF16 -> target.putShort(source.getShort());
        case Q4_1 -> encodeQ41(source, target);
        case Q8_0 -> encodeQ80(source, target);
      }
    }
  }

  private static void encodeQ41(ByteBuffer source, ByteBuffer target) {
    float scale = FloatBits.fromHalf(source.getShort());
    float minimum = FloatBits.fromHalf(source.getShort());
    int first = source.position();
    for (int i = 0; i < HALF_BLOCK; i++) {
      int low = source.get(first + i) & 0xF;
      target.putShort(FloatBits.toBfloat16(low * scale + minimum));
    }
    for (int i = 0; i < HALF_BLOCK; i++) {
      int high = source.get(first + i) >>> 4 & 0xF;
      target.putShort(FloatBits.toBfloat16(high * scale + minimum));
    }
    source.position(first + HALF_BLOCK);
  }

  private static void encodeQ80(ByteBuffer source, ByteBuffer target) {
    float scale = FloatBits.fromHalf(source.getShort());
    for (int i = 0; i < GgmlType.Q8_0.blockElements(); i++) {
      target.putShort(FloatBits.toBfloat16(source.get() * scale));
    }
  }
}
