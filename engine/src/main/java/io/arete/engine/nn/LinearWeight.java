package io.arete.engine.nn;

import io.arete.engine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The frozen weight of a linear layer, {@code [out, in]}, in one of its forms. */
public sealed interface LinearWeight extends AutoCloseable permits DenseWeight, Nf4Weights {

  /** {@code x Wᵀ + b} for {@code x [rows, in]}, recorded where gradients of x are wanted. */
  Tensor product(Tensor input, @Nullable Tensor bias);

  /** As {@link #product}, for a step of generation: few rows, and nothing is recorded. */
  Tensor decodeProduct(Tensor input, @Nullable Tensor bias);

  @Override
  void close();
}
