package io.arete.rlaif.estimate;

import io.arete.engine.Formula;
import io.arete.engine.inspect.DecoderSizes;
import io.arete.engine.nn.Projection;

/**
 * Floating-point operations of passes through a decoder with N weights in the linear layers of its
 * blocks, L blocks, q = heads · width, V rows of the embedding, h hidden; c tokens are seen.
 *
 * @param sizes of the decoder
 * @param vocabulary V
 */
@Formula(
    paper =
        "docs/memory.md; forward 2N, backward 2N each for inputs and weights: Kaplan et al. 2020",
    eq = "operations")
record Operations(DecoderSizes sizes, int vocabulary) {

  /** A token forward: {@code 2N + 4 · L · q · c}. */
  double forward(double context) {
    double attention = 4.0 * sizes.layers() * sizes.shape().outputs(Projection.Q) * context;
    return 2.0 * sizes.linear() + attention;
  }

  /**
   * A token forward and back: once more for the gradients of inputs, once where blocks are computed
   * again, once where all weights learn.
   */
  double learning(double context, boolean again, boolean whole) {
    return forward(context) * (2 + (again ? 1 : 0) + (whole ? 1 : 0));
  }

  /** A row of logits: {@code 2 · V · h}. */
  double logits() {
    return 2.0 * vocabulary * sizes.shape().hidden();
  }
}
