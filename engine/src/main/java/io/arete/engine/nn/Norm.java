package io.arete.engine.nn;

import io.arete.engine.tensor.Tensor;

/** A normalisation over the last dimension, with weights of its own. */
public sealed interface Norm extends AutoCloseable permits RmsNorm, HeadNorm, LayerNorm {

  /**
   * {@code [rows, width] → [rows, width]}, in the input's element type. Recorded or not, the
   * arithmetic is the same: in bfloat16 another rounding here would show as a ratio of new to old
   * probabilities that is not 1 before the first step.
   */
  Tensor forward(Tensor input);

  /** {@code [rows, width] → [rows, width]} computed and returned in float32. */
  Tensor forwardWide(Tensor input);

  @Override
  void close();
}
