package io.arete.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.engine.nn.Activation;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The settings of one config.json, read with bounds; what does not fit is named. */
final class ConfigJson {

  private static final Map<String, Activation> ACTIVATIONS =
      new TreeMap<>(
          Map.of(
              "silu", Activation.SILU,
              "gelu", Activation.GELU,
              "gelu_new", Activation.GELU_TANH,
              "gelu_fast", Activation.GELU_TANH,
              "gelu_pytorch_tanh", Activation.GELU_TANH));

  private final Path file;
  private final JsonNode root;

  ConfigJson(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /** The setting, missing or not. */
  JsonNode at(String key) {
    return root.path(key);
  }

  /** Whether there is such a setting and it is not null. */
  boolean has(String key) {
    return root.hasNonNull(key);
  }

  /** A whole number from 1. */
  int size(String key, int largest) {
    JsonNode node = root.path(key);
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.asLong() < 1
        || node.asLong() > largest) {
      throw fault(key + " " + written(node), "1 to " + largest);
    }
    return node.asInt();
  }

  /** As {@link #size(String, int)}, or another number where there is none. */
  int size(String key, int largest, int otherwise) {
    return has(key) ? size(key, largest) : otherwise;
  }

  /** A number above 0, or another where there is none. */
  double positive(String key, double otherwise) {
    return has(key) ? positive(root, key) : otherwise;
  }

  /** A number above 0 of this object or of one in it. */
  double positive(JsonNode from, String key) {
    JsonNode node = from.path(key);
    if (!node.isNumber() || !(node.asDouble() > 0) || Double.isInfinite(node.asDouble())) {
      throw fault(key + " " + written(node), "a positive number");
    }
    return node.asDouble();
  }

  /** True or false, or another where there is nothing. */
  boolean flag(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    if (!root.path(key).isBoolean()) {
      throw fault(key + " " + written(root.path(key)), "true or false");
    }
    return root.path(key).asBoolean();
  }

  /**
   * What reads the last hidden states.
   *
   * @param tied whether the embedding does where nothing is said
   */
  ModelConfig.Head head(boolean tied) {
    boolean isTied = flag("tie_word_embeddings", tied);
    for (JsonNode architecture : root.path("architectures")) {
      if (architecture.asText().endsWith(ClassifierJson.ARCHITECTURE)) {
        requireOneLabel();
        return ModelConfig.Head.SCORE;
      }
    }
    return isTied ? ModelConfig.Head.TIED : ModelConfig.Head.OWN;
  }

  private void requireOneLabel() {
    int labels = ClassifierJson.labels(root);
    if (labels != 1) {
      throw fault("num_labels " + labels, "one score, num_labels 1");
    }
  }

  /** Fails unless a switch stands where it is computed here; missing, it stands there. */
  void requireFlag(String key, boolean computed) {
    if (flag(key, computed) != computed) {
      throw fault(key + " " + written(root.path(key)), key + " " + computed);
    }
  }

  /** Fails if there is such a setting and it is not off. */
  void requireNone(String key) {
    JsonNode node = root.path(key);
    boolean empty = node.isContainerNode() && node.isEmpty();
    boolean off = node.isBoolean() && !node.asBoolean();
    if (!node.isMissingNode() && !node.isNull() && !empty && !off) {
      throw fault(key + " " + written(node), "models without " + key);
    }
  }

  /** A gated MLP's activation, or a plain one's. */
  Activation activation(String key, String otherwise, boolean gated) {
    String name = has(key) ? root.path(key).asText() : otherwise;
    Activation found = ACTIVATIONS.get(name);
    if (found == null || gated != (found == Activation.SILU)) {
      throw fault(
          key + " \"" + Quoted.line(name) + "\"",
          gated ? "silu here" : "gelu, gelu_new, gelu_fast or gelu_pytorch_tanh here");
    }
    return found;
  }

  /** The sentence for a setting that is not computed here. */
  AreteException fault(String found, String allowed) {
    return new AreteException(file + " says " + found + ", but this engine computes " + allowed);
  }

  static String written(JsonNode node) {
    return node.isMissingNode() ? "(missing)" : Quoted.line(node.toString());
  }
}
