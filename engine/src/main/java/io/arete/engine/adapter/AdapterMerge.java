package io.arete.engine.adapter;

import io.arete.engine.model.Family;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.nn.Projection;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;

/**
 * An adapter's product made part of the weight that it is for: {@code W' = W + s B A} (Hu et al.
 * 2021, section 4.1), in float32. What is then computed is the same but for rounding.
 */
final class AdapterMerge {

  private AdapterMerge() {}

  /**
   * Adds the adapter's product to one layer's weight, which lies as the family's files hold it.
   *
   * @param weight {@code [out, in]}, or {@code [in, out]} in a family that turns its matrices;
   *     float32 on the processor; changed
   */
  static void addTo(Tensor weight, Adapter adapter, int layer, Projection projection) {
    ModelConfig model = adapter.model();
    Family family = model.family();
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Tensor down = adapter.parameters().get(Adapter.down(model, layer, projection));
      Tensor up = adapter.parameters().get(Adapter.up(model, layer, projection));
      Tensor rows = up.mul(adapter.config().scaling());
      if (projection == Projection.QKV) {
        rows = family.fusedRows().toFile(rows, model.shape());
      }
      if (family.transposed()) {
        weight.addmmInPlace(down.transpose(0, 1), rows.transpose(0, 1));
      } else {
        weight.addmmInPlace(rows, down);
      }
    }
  }
}
