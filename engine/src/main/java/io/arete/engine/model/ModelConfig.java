package io.arete.engine.model;

import io.arete.engine.nn.BlockShape;
import io.arete.engine.nn.RotaryScaling;

/**
 * What config.json says about a Llama-form decoder.
 *
 * @param shape sizes of each block
 * @param layers number of blocks
 * @param vocabulary rows of the embedding
 * @param maxPositions longest sequence in tokens
 * @param normEpsilon ε of the normalisations
 * @param rotaryBase base of the rotary frequencies
 * @param tiedHead whether the embedding is also the head
 * @param attentionBias whether q, k, v and o have biases
 * @param mlpBias whether gate, up and down have biases
 */
public record ModelConfig(
    BlockShape shape,
    int layers,
    int vocabulary,
    int maxPositions,
    double normEpsilon,
    double rotaryBase,
    RotaryScaling rotaryScaling,
    boolean tiedHead,
    boolean attentionBias,
    boolean mlpBias) {

  /** Query heads that share one key head. */
  public int queryGroups() {
    return shape.heads() / shape.keyHeads();
  }
}
