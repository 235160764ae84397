package io.arete.engine.model;

import io.arete.engine.model.WeightShapes.Stored;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;
import java.util.List;

/** Where a model's weights come from: a folder, or a vector that is being trained. */
interface WeightSource {

  /** One tensor, in the innermost scope or longer-lived. */
  Tensor load(Stored stored);

  /** Tensors that are computed as one, under each other: {@code [Σ rows, columns]}. */
  Tensor fused(List<Stored> parts);

  /** Element type of all. */
  Dtype dtype();

  /** Where all are. */
  Device device();
}
