package io.arete.engine.model;

import io.arete.engine.model.WeightShapes.Stored;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A folder's weights as leaves of the graph, so that a loss has a gradient in each of them. */
final class LeafWeights implements WeightSource, AutoCloseable {

  private final WeightSource files;
  private final List<Tensor> leaves = new ArrayList<>();

  LeafWeights(WeightSource files) {
    this.files = files;
  }

  @Override
  public Tensor load(Stored stored) {
    Tensor leaf = files.load(stored).requireGradient();
    leaves.add(leaf.own());
    return leaf;
  }

  @Override
  public Tensor fused(List<Stored> parts) {
    return Tensor.cat(parts.stream().map(this::load).toList(), 0);
  }

  /** The root of the sum of the squares of all gradients. */
  double gradientNorm() {
    double sum = 0;
    for (Tensor leaf : leaves) {
      sum += leaf.gradient().square().sum().item();
    }
    return Math.sqrt(sum);
  }

  @Override
  public Dtype dtype() {
    return files.dtype();
  }

  @Override
  public Device device() {
    return files.device();
  }

  @Override
  public void close() {
    leaves.forEach(Tensor::close);
  }
}
