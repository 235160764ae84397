package io.arete.engine.nn;

import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;

/**
 * Root-mean-square normalisation: {@code x / sqrt(mean(x²) + ε) · w}, the mean over the last
 * dimension in float32 (Zhang and Sennrich 2019, equation 4).
 */
public final class RmsNorm implements Norm {

  private final Tensor weight;
  private final double epsilon;

  /** Takes ownership of {@code weight [width]}. */
  public RmsNorm(Tensor weight, double epsilon) {
    this.weight = weight.own();
    this.epsilon = epsilon;
  }

  @Override
  public Tensor forward(Tensor input) {
    return forward(input, weight, epsilon);
  }

  @Override
  public Tensor forwardWide(Tensor input) {
    return forwardWide(input, weight, epsilon);
  }

  /** With {@code weight [width]}, or {@code [heads, width]} for inputs of several heads. */
  static Tensor forward(Tensor input, Tensor weight, double epsilon) {
    Tensor wide = input.to(Dtype.FLOAT32);
    Tensor scale = wide.square().meanKeep(-1).add(epsilon).rsqrt();
    return wide.mul(scale).to(input.dtype()).mul(weight);
  }

  /** As the other, in float32. */
  static Tensor forwardWide(Tensor input, Tensor weight, double epsilon) {
    Tensor wide = input.to(Dtype.FLOAT32);
    Tensor scale = wide.square().meanKeep(-1).add(epsilon).rsqrt();
    return wide.mul(scale).mul(weight.to(Dtype.FLOAT32));
  }

  @Override
  public void close() {
    weight.close();
  }
}
