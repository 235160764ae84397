package io.arete.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import io.arete.engine.nn.BlockShape;
import io.arete.engine.nn.RotaryScaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads config.json: the old spelling of rotary settings and the new one. */
public final class ModelConfigReader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_BYTES = 1 << 20;

  private final Path file;
  private final JsonNode root;

  private ModelConfigReader(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Reads the configuration of a model folder.
   *
   * @throws AreteException if it is missing, malformed, or asks for what is not computed here
   */
  public static ModelConfig read(Path folder) {
    return new ModelConfigReader(folder.resolve("config.json"), json(folder)).config();
  }

  /**
   * The JSON object of a model folder's config.json.
   *
   * @throws AreteException if it is missing or malformed
   */
  public static JsonNode json(Path folder) {
    Path file = folder.resolve("config.json");
    if (!Files.isDirectory(folder)) {
      throw new AreteException(
          "there is no model folder "
              + folder
              + "; name a folder with config.json and *.safetensors");
    }
    if (!Files.isRegularFile(file)) {
      throw new AreteException(
          "the folder " + folder + " has no config.json; name a model folder in Hugging Face form");
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new AreteException(
            file + " is larger than " + MAX_BYTES + " bytes: not a config.json");
      }
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (root == null || !root.isObject()) {
        throw new AreteException(file + " is not a JSON object");
      }
      return root;
    } catch (IOException e) {
      throw new AreteException(file + " cannot be read as JSON: " + firstLine(e), e);
    }
  }

  private ModelConfig config() {
    String type = root.path("model_type").asText("");
    if (!type.equals("llama")) {
      throw fault("model_type \"" + type + "\"", "llama");
    }
    String activation = root.path("hidden_act").asText("silu");
    if (!activation.equals("silu")) {
      throw fault("hidden_act \"" + activation + "\"", "silu");
    }
    int hidden = size("hidden_size", 1 << 16);
    int heads = size("num_attention_heads", 1 << 12);
    int keyHeads =
        root.hasNonNull("num_key_value_heads") ? size("num_key_value_heads", heads) : heads;
    if (heads % keyHeads != 0) {
      throw fault("num_key_value_heads " + keyHeads, "a divisor of num_attention_heads " + heads);
    }
    int headWidth = root.hasNonNull("head_dim") ? size("head_dim", 1 << 12) : hidden / heads;
    if (headWidth < 2 || headWidth % 2 != 0) {
      throw fault("head_dim " + headWidth, "an even number of at least 2");
    }
    BlockShape shape =
        new BlockShape(hidden, heads, keyHeads, headWidth, size("intermediate_size", 1 << 20));
    JsonNode rotary = root.path("rope_parameters");
    return new ModelConfig(
        shape,
        size("num_hidden_layers", 1 << 10),
        size("vocab_size", 1 << 22),
        size("max_position_embeddings", 1 << 24),
        positive(root, "rms_norm_eps", 1e-6),
        positive(rotary.has("rope_theta") ? rotary : root, "rope_theta", 10000),
        scaling(rotary.isObject() ? rotary : root.path("rope_scaling")),
        root.path("tie_word_embeddings").asBoolean(false),
        root.path("attention_bias").asBoolean(false),
        root.path("mlp_bias").asBoolean(false));
  }

  private RotaryScaling scaling(JsonNode rotary) {
    JsonNode share = rotary.path("partial_rotary_factor");
    if (share.isNumber() && share.asDouble() != 1) {
      throw fault("partial_rotary_factor " + share, "partial_rotary_factor 1");
    }
    String type = rotary.path("rope_type").asText(rotary.path("type").asText("default"));
    return switch (type) {
      case "default" -> new RotaryScaling.None();
      case "linear" -> new RotaryScaling.Linear(required(rotary, "factor"));
      case "llama3" ->
          new RotaryScaling.Llama3(
              required(rotary, "factor"),
              required(rotary, "low_freq_factor"),
              required(rotary, "high_freq_factor"),
              required(rotary, "original_max_position_embeddings"));
      default -> throw fault("rotary scaling \"" + type + "\"", "default, linear or llama3");
    };
  }

  private int size(String key, int largest) {
    JsonNode node = root.path(key);
    if (!node.isIntegralNumber() || node.asLong() < 1 || node.asLong() > largest) {
      throw fault(key + " " + (node.isMissingNode() ? "(missing)" : node), "1 to " + largest);
    }
    return node.asInt();
  }

  private double positive(JsonNode from, String key, double otherwise) {
    JsonNode node = from.path(key);
    if (node.isMissingNode() || node.isNull()) {
      return otherwise;
    }
    return required(from, key);
  }

  private double required(JsonNode from, String key) {
    JsonNode node = from.path(key);
    if (!node.isNumber() || !(node.asDouble() > 0) || Double.isInfinite(node.asDouble())) {
      throw fault(key + " " + (node.isMissingNode() ? "(missing)" : node), "a positive number");
    }
    return node.asDouble();
  }

  private AreteException fault(String found, String allowed) {
    return new AreteException(file + " says " + found + ", but this engine computes " + allowed);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
  }
}
