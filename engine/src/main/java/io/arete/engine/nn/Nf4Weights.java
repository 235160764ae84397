package io.arete.engine.nn;

import io.arete.engine.quant.Nf4Weight;
import io.arete.engine.quant.Scratch;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weights in NF4 that are multiplied as one, under each other. They are quantised each by itself
 * and dequantised, in the input's element type, whenever they are asked for: into memory that is
 * lent for one product, or, where the product is recorded, into memory that the graph keeps.
 */
public final class Nf4Weights implements LinearWeight {

  private final List<Nf4Weight> parts;
  private final Scratch scratch;

  /**
   * Takes ownership of the parts.
   *
   * @param parts {@code [outᵢ, in]} each
   * @param scratch shared with the model's other layers; what it holds is freed with any of them
   */
  public Nf4Weights(List<Nf4Weight> parts, Scratch scratch) {
    this.parts = List.copyOf(parts);
    this.scratch = scratch;
  }

  @Override
  public Tensor product(Tensor input, @Nullable Tensor bias) {
    if (input.recorded()) {
      // On the way back the graph's own weights need the room.
      scratch.close();
      Tensor kept = Tensors.empty(input.device(), input.dtype(), outputs(), inputs());
      dequantiseInto(kept);
      return input.linear(kept, bias);
    }
    try (Scratch.Loan loan = scratch.lend(input.device(), input.dtype(), outputs(), inputs())) {
      dequantiseInto(loan.tensor());
      return input.linear(loan.tensor(), bias);
    }
  }

  /** No packed form is made: it would cost the memory that four bits save. */
  @Override
  public Tensor decodeProduct(Tensor input, @Nullable Tensor bias) {
    return product(input, bias);
  }

  private long outputs() {
    return parts.stream().mapToLong(Nf4Weight::rows).sum();
  }

  private long inputs() {
    return parts.get(0).columns();
  }

  private void dequantiseInto(Tensor dense) {
    long row = 0;
    for (Nf4Weight part : parts) {
      part.dequantiseInto(dense.narrow(0, row, part.rows()));
      row += part.rows();
    }
  }

  @Override
  public void close() {
    parts.forEach(Nf4Weight::close);
    scratch.close();
  }
}
