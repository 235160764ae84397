package io.arete.engine.nn;

import io.arete.engine.tensor.PackedWeight;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A weight in the element type that it is multiplied in.
 *
 * <p>At the few rows of a step of generation the processor's packed form of it is used. It is made
 * when first needed and costs the weight's memory once more.
 */
public final class DenseWeight implements LinearWeight {

  /** Up to this many rows reordering a plain weight costs more than the product itself. */
  private static final int PACKED_ROWS = 64;

  private final Tensor weight;
  private @Nullable PackedWeight packed;
  private @Nullable Tensor zeros;

  /** Takes ownership of {@code weight [out, in]}. */
  public DenseWeight(Tensor weight) {
    this.weight = weight.own();
  }

  @Override
  public Tensor product(Tensor input, @Nullable Tensor bias) {
    return input.linear(weight, bias);
  }

  @Override
  public Tensor decodeProduct(Tensor input, @Nullable Tensor bias) {
    long rows = input.size(0);
    if (rows > PACKED_ROWS || !PackedWeight.available(weight.device(), weight.dtype())) {
      return input.linear(weight, bias);
    }
    return packed().linearAdd(input, Objects.requireNonNull(zeros).narrow(0, 0, rows), bias);
  }

  private synchronized PackedWeight packed() {
    if (packed == null) {
      zeros = Tensors.zeros(weight.device(), weight.dtype(), PACKED_ROWS, weight.size(0)).own();
      packed = PackedWeight.of(weight, 16);
    }
    return packed;
  }

  @Override
  public void close() {
    weight.close();
    if (packed != null) {
      packed.close();
    }
    if (zeros != null) {
      zeros.close();
    }
  }
}
