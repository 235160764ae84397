package io.arete.engine.convert;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.engine.nn.RotaryScaling;
import io.arete.engine.text.ModelFiles;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a decoder's shape from config.json, as far as GGUF can say it: what a file could not say is
 * refused by name.
 */
final class FolderShape {

  private static final List<String> MODEL_TYPES = List.of("llama", "mistral", "qwen2", "qwen3");

  private final Path file;
  private final JsonNode root;

  private FolderShape(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Reads the shape of a model folder.
   *
   * @throws AreteException if config.json is missing or broken, or says what is not exported
   */
  static DecoderShape read(Path folder) {
    Path file = folder.resolve("config.json");
    return new FolderShape(file, ModelFiles.object(file)).shape();
  }

  private DecoderShape shape() {
    GgufFamily family = family();
    requireSupported(family);
    int hidden = size("hidden_size");
    int heads = size("num_attention_heads");
    int keyHeads = optionalSize("num_key_value_heads", heads);
    int headWidth = optionalSize("head_dim", hidden / heads);
    require(heads % keyHeads == 0, "num_key_value_heads " + keyHeads, "a divisor of " + heads);
    require(headWidth >= 2 && headWidth % 2 == 0, "head_dim " + headWidth, "an even number");
    require(
        family != GgufFamily.QWEN2 || (long) heads * headWidth == hidden,
        "head_dim " + headWidth,
        "hidden_size / num_attention_heads for qwen2");
    JsonNode rotary = root.path("rope_parameters");
    return new DecoderShape(
        family,
        size("num_hidden_layers"),
        hidden,
        size("intermediate_size"),
        heads,
        keyHeads,
        headWidth,
        size("max_position_embeddings"),
        size("vocab_size"),
        number(rotary.has("rope_theta") ? rotary : root, "rope_theta", 10_000),
        scaling(family, rotary.isObject() ? rotary : root.path("rope_scaling")),
        number(root, "rms_norm_eps", 1e-6),
        family == GgufFamily.QWEN2 || root.path("attention_bias").asBoolean(false),
        root.path("mlp_bias").asBoolean(false),
        root.path("tie_word_embeddings").asBoolean(false));
  }

  private GgufFamily family() {
    String type = root.path("model_type").asText("");
    if (!MODEL_TYPES.contains(type)) {
      throw fault("model_type " + Quoted.of(type), String.join(", ", MODEL_TYPES));
    }
    return GgufFamily.ofArchitecture(type).orElse(GgufFamily.LLAMA);
  }

  private void requireSupported(GgufFamily family) {
    String activation = root.path("hidden_act").asText("silu");
    require(activation.equals("silu"), "hidden_act " + Quoted.of(activation), "silu");
    require(
        !root.hasNonNull("quantization_config"),
        "a quantization_config",
        "weights that are not quantised");
    require(
        family != GgufFamily.QWEN3 || !root.path("attention_bias").asBoolean(false),
        "attention_bias true",
        "false for qwen3");
    require(
        family == GgufFamily.LLAMA || !root.path("mlp_bias").asBoolean(false),
        "mlp_bias true",
        "false for " + family.architecture());
    // Qwen's configurations name a window that is off; Mistral's is on where it is named.
    JsonNode window = root.path("sliding_window");
    boolean narrow =
        window.isNumber()
            && window.asLong() < root.path("max_position_embeddings").asLong()
            && root.path("use_sliding_window").asBoolean(family == GgufFamily.LLAMA);
    require(!narrow, "sliding_window " + window, "attention to all positions");
    for (JsonNode layer : root.path("layer_types")) {
      require(
          layer.asText().equals("full_attention"),
          "a layer of the type " + Quoted.of(layer.asText()),
          "full_attention");
    }
  }

  private RotaryScaling scaling(GgufFamily family, JsonNode rotary) {
    JsonNode share =
        rotary.path("partial_rotary_factor").isNumber()
            ? rotary.path("partial_rotary_factor")
            : root.path("partial_rotary_factor");
    require(share.asDouble(1) == 1, "partial_rotary_factor " + share, "1");
    String type = rotary.path("rope_type").asText(rotary.path("type").asText("default"));
    return switch (type) {
      case "default" -> new RotaryScaling.None();
      case "linear" -> new RotaryScaling.Linear(number(rotary, "factor"));
      case "llama3" -> {
        require(family == GgufFamily.LLAMA, "rotary scaling 'llama3'", "it for llama only");
        yield new RotaryScaling.Llama3(
            number(rotary, "factor"),
            number(rotary, "low_freq_factor"),
            number(rotary, "high_freq_factor"),
            number(rotary, "original_max_position_embeddings"));
      }
      default -> throw fault("rotary scaling " + Quoted.of(type), "default, linear or llama3");
    };
  }

  private int size(String key) {
    JsonNode node = root.path(key);
    boolean fits =
        node.isIntegralNumber()
            && node.canConvertToInt()
            && node.asInt() >= 1
            && node.asInt() <= DecoderShape.MAX_SIZE;
    require(fits, key + " " + found(node), "1 to " + DecoderShape.MAX_SIZE);
    return node.asInt();
  }

  private int optionalSize(String key, int absent) {
    return root.hasNonNull(key) ? size(key) : absent;
  }

  private double number(JsonNode from, String key, double absent) {
    return from.hasNonNull(key) ? number(from, key) : absent;
  }

  private double number(JsonNode from, String key) {
    JsonNode node = from.path(key);
    boolean fits = node.isNumber() && node.asDouble() > 0 && !Double.isInfinite(node.asDouble());
    require(fits, key + " " + found(node), "a positive number");
    return node.asDouble();
  }

  private static String found(JsonNode node) {
    return node.isMissingNode() ? "(missing)" : Quoted.of(node.toString());
  }

  private void require(boolean holds, String found, String allowed) {
    if (!holds) {
      throw fault(found, allowed);
    }
  }

  private AreteException fault(String found, String allowed) {
    return new AreteException(
        "%s says %s, but the export to GGUF needs %s".formatted(file, found, allowed));
  }
}
