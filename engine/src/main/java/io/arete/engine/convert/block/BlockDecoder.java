package io.arete.engine.convert.block;

import io.arete.engine.checkpoint.GgmlType;
import java.nio.ByteBuffer;

/**
 * Turns one block of a ggml format into floats. The layouts are those of ggml's {@code
 * ggml-common.h}.
 */
public sealed interface BlockDecoder
    permits F32Block,
        F16Block,
        Bf16Block,
        Q40Block,
        Q41Block,
        Q50Block,
        Q51Block,
        Q80Block,
        Q4KBlock,
        Q5KBlock,
        Q6KBlock {

  /**
   * Decodes the block at the position of {@code source}, which is little-endian and holds it whole,
   * into {@code target} from {@code at} on; the position moves behind the block.
   */
  void decode(ByteBuffer source, float[] target, int at);

  /** The decoder of a type. */
  static BlockDecoder of(GgmlType type) {
    return switch (type) {
      case F32 -> new F32Block();
      case F16 -> new F16Block();
      case BF16 -> new Bf16Block();
      case Q4_0 -> new Q40Block();
      case Q4_1 -> new Q41Block();
      case Q5_0 -> new Q50Block();
      case Q5_1 -> new Q51Block();
      case Q8_0 -> new Q80Block();
      case Q4_K -> new Q4KBlock();
      case Q5_K -> new Q5KBlock();
      case Q6_K -> new Q6KBlock();
    };
  }
}
