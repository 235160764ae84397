package io.arete.engine.nn;

import io.arete.engine.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A frozen linear layer, {@code y = x Wᵀ + b}, with low-rank additions. */
public final class Linear implements AutoCloseable {

  private final LinearWeight weight;
  private final @Nullable Tensor bias;

  /**
   * Takes ownership of the weights.
   *
   * @param weight {@code [out, in]}
   * @param bias {@code [out]}, or null
   */
  public Linear(LinearWeight weight, @Nullable Tensor bias) {
    this.weight = weight;
    this.bias = bias == null ? null : bias.own();
  }

  /** As {@link #Linear(LinearWeight, Tensor)}, with a dense weight. */
  public Linear(Tensor weight, @Nullable Tensor bias) {
    this(new DenseWeight(weight), bias);
  }

  /** {@code [rows, in] → [rows, out]}. */
  public Tensor forward(Tensor input, List<LowRank> additions) {
    return add(weight.product(input, bias), input, additions);
  }

  /** As {@link #forward}, for a step of generation: nothing is recorded. */
  public Tensor decode(Tensor input, List<LowRank> additions) {
    return add(weight.decodeProduct(input, bias), input, additions);
  }

  private static Tensor add(Tensor product, Tensor input, List<LowRank> additions) {
    Tensor output = product;
    for (LowRank addition : additions) {
      output = addition.addTo(output, input);
    }
    return output;
  }

  @Override
  public void close() {
    weight.close();
    if (bias != null) {
      bias.close();
    }
  }
}
