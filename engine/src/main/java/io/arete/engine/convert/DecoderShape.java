package io.arete.engine.convert;

import io.arete.engine.nn.RotaryScaling;

/**
 * All that GGUF and config.json say of what a model computes.
 *
 * @param layers decoder blocks
 * @param hidden width of the residual stream
 * @param intermediate width inside the gated MLP
 * @param heads query heads
 * @param keyValueHeads key and value heads; divides {@code heads}
 * @param headWidth width of one head, even
 * @param context longest sequence, in tokens
 * @param vocabulary rows of the embedding
 * @param ropeTheta base of the rotary frequencies
 * @param ropeScaling how they are stretched
 * @param normEpsilon epsilon of the RMS norms
 * @param attentionBias whether the attention has the biases that its family allows
 * @param mlpBias whether gate, up and down have biases
 * @param tied whether the embedding is also the head
 */
record DecoderShape(
    GgufFamily family,
    int layers,
    int hidden,
    int intermediate,
    int heads,
    int keyValueHeads,
    int headWidth,
    int context,
    int vocabulary,
    double ropeTheta,
    RotaryScaling ropeScaling,
    double normEpsilon,
    boolean attentionBias,
    boolean mlpBias,
    boolean tied) {

  /** Most of any of the sizes that a file may claim. */
  static final int MAX_SIZE = 1 << 24;
}
