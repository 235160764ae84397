package io.arete.engine.nn;

import io.arete.engine.tensor.PackedWeight;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A frozen linear layer, {@code y = x Wᵀ + b}, with low-rank additions.
 *
 * <p>At the few rows of a step of generation the processor's packed form of the weight is used. It
 * is made when first needed and costs the weight's memory once more.
 */
public final class Linear implements AutoCloseable {

  /** Up to this many rows reordering a plain weight costs more than the product itself. */
  private static final int PACKED_ROWS = 64;

  private final Tensor weight;
  private final @Nullable Tensor bias;
  private @Nullable PackedWeight packed;
  private @Nullable Tensor zeros;

  /**
   * Takes ownership of the weights.
   *
   * @param weight {@code [out, in]}
   * @param bias {@code [out]}, or null
   */
  public Linear(Tensor weight, @Nullable Tensor bias) {
    this.weight = weight.own();
    this.bias = bias == null ? null : bias.own();
  }

  /** Number of outputs. */
  public long outputs() {
    return weight.size(0);
  }

  /** {@code [rows, in] → [rows, out]}. */
  public Tensor forward(Tensor input, List<LowRank> additions) {
    return add(input.linear(weight, bias), input, additions);
  }

  /** As {@link #forward}, for a step of generation: nothing is recorded. */
  public Tensor decode(Tensor input, List<LowRank> additions) {
    return add(product(input), input, additions);
  }

  private static Tensor add(Tensor product, Tensor input, List<LowRank> additions) {
    Tensor output = product;
    for (LowRank addition : additions) {
      output = addition.addTo(output, input);
    }
    return output;
  }

  private Tensor product(Tensor input) {
    long rows = input.size(0);
    if (rows > PACKED_ROWS || !PackedWeight.available(weight.device(), weight.dtype())) {
      return input.linear(weight, bias);
    }
    return packed().linearAdd(input, Objects.requireNonNull(zeros).narrow(0, 0, rows), bias);
  }

  private synchronized PackedWeight packed() {
    if (packed == null) {
      zeros = Tensors.zeros(weight.device(), weight.dtype(), PACKED_ROWS, outputs()).own();
      packed = PackedWeight.of(weight, 16);
    }
    return packed;
  }

  @Override
  public void close() {
    weight.close();
    if (bias != null) {
      bias.close();
    }
    if (packed != null) {
      packed.close();
    }
    if (zeros != null) {
      zeros.close();
    }
  }
}
