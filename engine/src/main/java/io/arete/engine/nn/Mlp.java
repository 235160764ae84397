package io.arete.engine.nn;

import io.arete.engine.tensor.Tensor;
import java.util.List;

/** What an MLP does between its first product and {@code down}. */
public sealed interface Mlp {

  /**
   * The input of {@code down}.
   *
   * @param first what {@link LinearGroup#GATE_UP} gave
   * @param inner width of the result
   * @return {@code [rows, inner]}
   */
  Tensor inner(Tensor first, int inner);

  /** {@code activation(gate) · up}; {@code first} is {@code [rows, 2 · inner]}. */
  record Gated(Activation activation) implements Mlp {
    @Override
    public Tensor inner(Tensor first, int inner) {
      List<Tensor> gateAndUp = first.split(1, inner, inner);
      return activation.apply(gateAndUp.get(0)).mul(gateAndUp.get(1));
    }
  }

  /** {@code activation(up)}; {@code first} is {@code [rows, inner]}. */
  record Plain(Activation activation) implements Mlp {
    @Override
    public Tensor inner(Tensor first, int inner) {
      return activation.apply(first);
    }
  }
}
