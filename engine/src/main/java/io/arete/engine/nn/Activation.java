package io.arete.engine.nn;

import io.arete.engine.tensor.Tensor;

/** What bends between the two layers of an MLP. */
public enum Activation {
  /** {@code x · sigmoid(x)}. */
  SILU,
  /** {@code x · Φ(x)}, Φ the normal distribution function. */
  GELU,
  /** {@link #GELU} with Φ approximated by a hyperbolic tangent. */
  GELU_TANH;

  /** Element by element. */
  public Tensor apply(Tensor input) {
    return switch (this) {
      case SILU -> input.silu();
      case GELU -> input.gelu();
      case GELU_TANH -> input.geluTanh();
    };
  }
}
