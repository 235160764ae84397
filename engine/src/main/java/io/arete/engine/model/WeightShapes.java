package io.arete.engine.model;

import io.arete.engine.nn.LinearGroup;
import io.arete.engine.nn.Projection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and shapes of all tensors that a configuration asks for. */
final class WeightShapes {

  static final String EMBEDDING = "model.embed_tokens.weight";
  static final String NORM = "model.norm.weight";
  static final String HEAD = "lm_head.weight";
  static final String ATTENTION_NORM = "input_layernorm.weight";
  static final String MLP_NORM = "post_attention_layernorm.weight";

  private WeightShapes() {}

  /** Every tensor by name, in the order of computation. */
  static Map<String, long[]> of(ModelConfig config) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    long[] norm = {config.shape().hidden()};
    long[] table = {config.vocabulary(), config.shape().hidden()};
    shapes.put(EMBEDDING, table);
    for (int layer = 0; layer < config.layers(); layer++) {
      String prefix = prefix(layer);
      shapes.put(prefix + ATTENTION_NORM, norm);
      shapes.put(prefix + MLP_NORM, norm);
      for (Projection projection : Projection.values()) {
        shapes.put(weight(layer, projection), weightShape(config, projection));
      }
      for (LinearGroup group : LinearGroup.values()) {
        if (biased(config, group)) {
          for (Projection projection : group.projections()) {
            shapes.put(bias(layer, projection), biasShape(config, projection));
          }
        }
      }
    }
    shapes.put(NORM, norm);
    if (!config.tiedHead()) {
      shapes.put(HEAD, table);
    }
    return shapes;
  }

  /** The weights of all blocks' linear layers by name. */
  static Map<String, long[]> linear(ModelConfig config) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      for (Projection projection : Projection.values()) {
        shapes.put(weight(layer, projection), weightShape(config, projection));
      }
    }
    return shapes;
  }

  static String prefix(int layer) {
    return "model.layers." + layer + ".";
  }

  static String weight(int layer, Projection projection) {
    return prefix(layer) + projection.moduleName() + ".weight";
  }

  static String bias(int layer, Projection projection) {
    return prefix(layer) + projection.moduleName() + ".bias";
  }

  static long[] weightShape(ModelConfig config, Projection projection) {
    return new long[] {config.shape().outputs(projection), config.shape().inputs(projection)};
  }

  static long[] biasShape(ModelConfig config, Projection projection) {
    return new long[] {config.shape().outputs(projection)};
  }

  static boolean biased(ModelConfig config, LinearGroup group) {
    boolean attention = group == LinearGroup.QKV || group == LinearGroup.OUT;
    return attention ? config.attentionBias() : config.mlpBias();
  }
}
