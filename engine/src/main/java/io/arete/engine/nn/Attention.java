package io.arete.engine.nn;

import io.arete.engine.tensor.Tensor;

/** Decides which tokens see which: a forest in training and scoring, a cache in generation. */
public interface Attention {

  /**
   * Attention of one block.
   *
   * @param layer which block
   * @param queries {@code [tokens, heads, width]}, turned
   * @param keys {@code [tokens, keyHeads, width]}, turned
   * @param values {@code [tokens, keyHeads, width]}
   * @return {@code [tokens, heads * width]}
   */
  Tensor attend(int layer, Tensor queries, Tensor keys, Tensor values);

  /** Whether this is a step of generation: few rows, again and again, and never recorded. */
  default boolean decoding() {
    return false;
  }
}
