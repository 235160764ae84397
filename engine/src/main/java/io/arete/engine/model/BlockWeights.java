package io.arete.engine.model;

import io.arete.engine.model.WeightNames.HeadNorms;
import io.arete.engine.model.WeightShapes.Stored;
import io.arete.engine.nn.DecoderBlock;
import io.arete.engine.nn.DenseWeight;
import io.arete.engine.nn.HeadNorm;
import io.arete.engine.nn.LayerNorm;
import io.arete.engine.nn.Linear;
import io.arete.engine.nn.LinearGroup;
import io.arete.engine.nn.LinearWeight;
import io.arete.engine.nn.Norm;
import io.arete.engine.nn.Projection;
import io.arete.engine.nn.RmsNorm;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes blocks of weights, whatever their family, in the one form that is computed. */
final class BlockWeights {

  private final WeightSource weights;
  private final ModelConfig config;
  private final WeightShapes shapes;

  BlockWeights(WeightSource weights, ModelConfig config) {
    this.weights = weights;
    this.config = config;
    this.shapes = new WeightShapes(config);
  }

  /** One block. The caller closes it. */
  DecoderBlock block(int layer) {
    try (Scope step = Scope.open()) {
      Map<LinearGroup, Linear> linears = new EnumMap<>(LinearGroup.class);
      try {
        for (LinearGroup group : LinearGroup.values()) {
          linears.put(group, linear(layer, group));
        }
        return new DecoderBlock(layer, config.block(), norms(layer), linears);
      } catch (RuntimeException e) {
        linears.values().forEach(Linear::close);
        throw e;
      }
    }
  }

  private DecoderBlock.Norms norms(int layer) {
    WeightNames names = config.family().names();
    return new DecoderBlock.Norms(
        norm(names.inBlock(layer, names.attentionNorm())),
        norm(names.inBlock(layer, names.mlpNorm())),
        names.headNorms().map(norm -> headNorm(layer, norm)));
  }

  /** A norm of hidden states. The caller closes it. */
  Norm norm(String module) {
    Tensor weight = weights.load(shapes.normWeight(module));
    return switch (config.family().norms()) {
      case RMS -> new RmsNorm(weight, config.normEpsilon());
      case LAYER ->
          new LayerNorm(weight, weights.load(shapes.normBias(module)), config.normEpsilon());
    };
  }

  private Norm headNorm(int layer, HeadNorms names) {
    return new HeadNorm(
        weights.load(shapes.headNorm(layer, names.queries())),
        weights.load(shapes.headNorm(layer, names.keys())),
        config.shape(),
        config.normEpsilon());
  }

  private Linear linear(int layer, LinearGroup group) {
    LinearWeight weight = weight(layer, group);
    if (!config.biases().contains(group)) {
      return new Linear(weight, null);
    }
    try {
      return new Linear(
          weight, inner(group, fused(group, projection -> shapes.bias(layer, projection))));
    } catch (RuntimeException e) {
      weight.close();
      throw e;
    }
  }

  private LinearWeight weight(int layer, LinearGroup group) {
    if (config.family().liesAsComputed()) {
      return weights.linear(stored(group, projection -> shapes.weight(layer, projection)));
    }
    Tensor rows = fused(group, projection -> shapes.weight(layer, projection));
    Tensor turned = config.family().transposed() ? rows.transpose(0, 1).contiguous() : rows;
    return new DenseWeight(inner(group, turned));
  }

  private Tensor fused(LinearGroup group, Function<Projection, Stored> stored) {
    return weights.fused(stored(group, stored));
  }

  private List<Stored> stored(LinearGroup group, Function<Projection, Stored> stored) {
    return config.family().members(group).stream().map(stored).toList();
  }

  private Tensor inner(LinearGroup group, Tensor rows) {
    return group == LinearGroup.QKV
        ? config.family().fusedRows().fromFile(rows, config.shape())
        : rows;
  }
}
