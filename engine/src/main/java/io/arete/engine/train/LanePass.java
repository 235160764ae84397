package io.arete.engine.train;

import io.arete.engine.tensor.Tensor;

/** A part of a forest that went forward in a lane. */
interface LanePass {

  /** Takes what outlives the lane's own scope into the calling thread's innermost one. */
  void adopt();

  /** Hidden states before the final normalisation, {@code [tokens, hidden]}. */
  Tensor output();

  /**
   * Collects the gradients of the lane's leaves. Once.
   *
   * @param gradient of the output, in its shape
   */
  void backward(Tensor gradient);
}
