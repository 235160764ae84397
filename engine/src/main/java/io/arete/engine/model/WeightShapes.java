package io.arete.engine.model;

import io.arete.engine.model.WeightNames.HeadNorms;
import io.arete.engine.nn.Projection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and shapes, as in files, of all tensors that a configuration asks for. */
final class WeightShapes {

  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";

  private final ModelConfig config;
  private final WeightNames names;

  WeightShapes(ModelConfig config) {
    this.config = config;
    this.names = config.family().names();
  }

  /** A tensor of a file. */
  record Stored(String name, long... shape) {}

  /** Every tensor by name, in the order of computation. */
  Map<String, long[]> all() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    put(shapes, embedding());
    names.positions().ifPresent(table -> put(shapes, positions(table)));
    for (int layer = 0; layer < config.layers(); layer++) {
      putNorm(shapes, names.inBlock(layer, names.attentionNorm()));
      putNorm(shapes, names.inBlock(layer, names.mlpNorm()));
      putHeadNorms(shapes, layer);
      for (Projection projection : config.family().projections()) {
        put(shapes, weight(layer, projection));
      }
      for (Projection projection : config.family().projections()) {
        if (config.biases().contains(projection.group())) {
          put(shapes, bias(layer, projection));
        }
      }
    }
    putNorm(shapes, names.inBase(names.norm()));
    switch (config.head()) {
      case OWN -> put(shapes, head());
      case SCORE -> put(shapes, score());
      case TIED -> {}
    }
    return shapes;
  }

  /** The weights of all blocks' linear layers by name. */
  Map<String, long[]> linear() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      for (Projection projection : config.family().projections()) {
        put(shapes, weight(layer, projection));
      }
    }
    return shapes;
  }

  private void putNorm(Map<String, long[]> shapes, String module) {
    put(shapes, normWeight(module));
    if (config.family().norms() == Family.Norms.LAYER) {
      put(shapes, normBias(module));
    }
  }

  private void putHeadNorms(Map<String, long[]> shapes, int layer) {
    names
        .headNorms()
        .ifPresent(
            norms -> {
              put(shapes, headNorm(layer, norms.queries()));
              put(shapes, headNorm(layer, norms.keys()));
            });
  }

  private static void put(Map<String, long[]> shapes, Stored stored) {
    shapes.put(stored.name(), stored.shape());
  }

  /** {@code [vocabulary, hidden]}. */
  Stored embedding() {
    return table(names.inBase(names.embedding()), config.vocabulary());
  }

  /** {@code [maxPositions, hidden]}. */
  Stored positions(String table) {
    return table(names.inBase(table), config.maxPositions());
  }

  /** {@code [vocabulary, hidden]}. */
  Stored head() {
    return table(names.head(), config.vocabulary());
  }

  /** {@code [1, hidden]}. */
  Stored score() {
    return new Stored(ClassifierJson.SCORE, 1, config.shape().hidden());
  }

  private Stored table(String module, long rows) {
    return new Stored(module + WEIGHT, rows, config.shape().hidden());
  }

  /** {@code [hidden]}. */
  Stored normWeight(String module) {
    return new Stored(module + WEIGHT, config.shape().hidden());
  }

  /** {@code [hidden]}. */
  Stored normBias(String module) {
    return new Stored(module + BIAS, config.shape().hidden());
  }

  /** {@code [headWidth]}; one of {@link HeadNorms}. */
  Stored headNorm(int layer, String module) {
    return new Stored(names.inBlock(layer, module) + WEIGHT, config.shape().headWidth());
  }

  /** {@code [out, in]}, or {@code [in, out]} in a family that turns its matrices. */
  Stored weight(int layer, Projection projection) {
    String name = config.family().module(layer, projection) + WEIGHT;
    long outputs = config.shape().outputs(projection);
    long inputs = config.shape().inputs(projection);
    return config.family().transposed()
        ? new Stored(name, inputs, outputs)
        : new Stored(name, outputs, inputs);
  }

  /** {@code [out]}. */
  Stored bias(int layer, Projection projection) {
    return new Stored(
        config.family().module(layer, projection) + BIAS, config.shape().outputs(projection));
  }
}
