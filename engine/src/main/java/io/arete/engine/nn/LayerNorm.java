package io.arete.engine.nn;

import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;

/**
 * Layer normalisation: {@code (x − mean(x)) / sqrt(var(x) + ε) · w + b}, mean and population
 * variance over the last dimension (Ba et al. 2016, equation 4).
 */
public final class LayerNorm implements Norm {

  private final Tensor weight;
  private final Tensor bias;
  private final double epsilon;

  /** Takes ownership of {@code weight [width]} and {@code bias [width]}. */
  public LayerNorm(Tensor weight, Tensor bias, double epsilon) {
    this.weight = weight.own();
    this.bias = bias.own();
    this.epsilon = epsilon;
  }

  @Override
  public Tensor forward(Tensor input) {
    return input.layerNorm(weight, bias, epsilon);
  }

  @Override
  public Tensor forwardWide(Tensor input) {
    return input
        .to(Dtype.FLOAT32)
        .layerNorm(weight.to(Dtype.FLOAT32), bias.to(Dtype.FLOAT32), epsilon);
  }

  @Override
  public void close() {
    weight.close();
    bias.close();
  }
}
