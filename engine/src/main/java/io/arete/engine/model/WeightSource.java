package io.arete.engine.model;

import io.arete.engine.model.WeightShapes.Stored;
import io.arete.engine.nn.DenseWeight;
import io.arete.engine.nn.LinearWeight;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;
import java.util.List;

/** Where a model's weights come from: a folder, or a vector that is being trained. */
interface WeightSource {

  /** One tensor, in the innermost scope or longer-lived. */
  Tensor load(Stored stored);

  /** As {@link #load}, in float32 whatever the others are. */
  default Tensor wide(Stored stored) {
    return load(stored).to(Dtype.FLOAT32);
  }

  /** Tensors that are computed as one, under each other: {@code [Σ rows, columns]}. */
  Tensor fused(List<Stored> parts);

  /** As {@link #fused}, as the frozen weight of a linear layer. The caller closes it. */
  default LinearWeight linear(List<Stored> parts) {
    return new DenseWeight(fused(parts));
  }

  /** Whether linear layers are held in fewer bits than they are computed in. */
  default boolean quantised() {
    return false;
  }

  /** Whether gradients of all weights are collected. */
  default boolean trained() {
    return false;
  }

  /** Element type of all. */
  Dtype dtype();

  /** Where all are. */
  Device device();
}
