package io.arete.engine.nn;

/**
 * Sizes of a decoder block.
 *
 * @param hidden width of the residual stream
 * @param heads query heads
 * @param keyHeads key and value heads; divides {@code heads}
 * @param headWidth width of one head
 * @param inner width of the MLP
 */
public record BlockShape(int hidden, int heads, int keyHeads, int headWidth, int inner) {

  /** Query heads that share one key head. */
  public int queryGroups() {
    return heads / keyHeads;
  }

  /** Number of outputs of one projection. */
  public int outputs(Projection projection) {
    return switch (projection) {
      case Q -> heads * headWidth;
      case K, V -> keyHeads * headWidth;
      case QKV -> (heads + 2 * keyHeads) * headWidth;
      case O, DOWN -> hidden;
      case GATE, UP -> inner;
    };
  }

  /** Number of inputs of one projection. */
  public int inputs(Projection projection) {
    return switch (projection) {
      case Q, K, V, QKV, GATE, UP -> hidden;
      case O -> heads * headWidth;
      case DOWN -> inner;
    };
  }
}
