package io.arete.engine.model;

import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;
import java.util.List;

/** Where a model's weights come from: a folder, or a vector that is being trained. */
interface WeightSource {

  /** One tensor by its Hugging Face name, in the innermost scope or longer-lived. */
  Tensor load(String name, long... shape);

  /** Tensors that are computed as one, under each other: {@code [Σ rows, columns]}. */
  Tensor fused(List<String> names, List<long[]> shapes);

  /** Element type of all. */
  Dtype dtype();

  /** Where all are. */
  Device device();
}
