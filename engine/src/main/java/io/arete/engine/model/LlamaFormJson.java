package io.arete.engine.model;

import static io.arete.engine.model.ConfigJson.written;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.forest.AttentionBlock;
import io.arete.engine.nn.BlockShape;
import io.arete.engine.nn.DecoderBlock;
import io.arete.engine.nn.LinearGroup;
import io.arete.engine.nn.Mlp;
import java.util.EnumSet;
import java.util.Set;

/** Reads the configurations of Llama and of those that differ from it in one point. */
final class LlamaFormJson {

  private static final String FULL = "full_attention";
  private static final String SLIDING = "sliding_attention";

  /** What transformers takes where a Mistral's config.json has no {@code sliding_window}. */
  private static final int MISTRAL_WINDOW = 4096;

  private final ConfigJson json;
  private final Family family;
  private final int hidden;
  private final int heads;

  private LlamaFormJson(ConfigJson json, Family family) {
    this.json = json;
    this.family = family;
    this.hidden = json.size("hidden_size", Sizes.HIDDEN);
    this.heads = json.size("num_attention_heads", Sizes.HEADS);
  }

  static ModelConfig llama(ConfigJson json) {
    LlamaFormJson form = new LlamaFormJson(json, Families.LLAMA);
    form.requireLayers(FULL);
    Set<LinearGroup> biases = form.attentionBiases();
    if (json.flag("mlp_bias", false)) {
      biases.addAll(EnumSet.of(LinearGroup.GATE_UP, LinearGroup.DOWN));
    }
    return form.config(form.keyHeads(), form.headWidth(), AttentionBlock.NO_WINDOW, biases);
  }

  static ModelConfig mistral(ConfigJson json) {
    LlamaFormJson form = new LlamaFormJson(json, Families.MISTRAL);
    JsonNode given = json.at("sliding_window");
    int window = json.size("sliding_window", Integer.MAX_VALUE, MISTRAL_WINDOW);
    if (given.isNull()) {
      window = AttentionBlock.NO_WINDOW;
    }
    form.requireLayers(given.isNull() ? FULL : SLIDING);
    return form.config(form.givenKeyHeads(), form.headWidth(), window, Set.of());
  }

  static ModelConfig qwen2(ConfigJson json) {
    LlamaFormJson form = new LlamaFormJson(json, Families.QWEN2);
    form.requireFull();
    return form.config(
        form.givenKeyHeads(),
        form.headWidth(),
        AttentionBlock.NO_WINDOW,
        EnumSet.of(LinearGroup.QKV));
  }

  static ModelConfig qwen3(ConfigJson json) {
    LlamaFormJson form = new LlamaFormJson(json, Families.QWEN3);
    form.requireFull();
    return form.config(
        form.givenKeyHeads(),
        json.size("head_dim", Sizes.HEAD_WIDTH),
        AttentionBlock.NO_WINDOW,
        form.attentionBiases());
  }

  private ModelConfig config(int keyHeads, int headWidth, int window, Set<LinearGroup> biases) {
    if (headWidth % 2 != 0) {
      throw json.fault("head_dim " + headWidth, "an even number of at least 2");
    }
    BlockShape shape =
        new BlockShape(
            hidden, heads, keyHeads, headWidth, json.size("intermediate_size", Sizes.INNER));
    Mlp mlp = new Mlp.Gated(json.activation("hidden_act", "silu", true));
    return new ModelConfig(
        family,
        new DecoderBlock.Form(shape, mlp, false),
        RotaryJson.whole(json, headWidth),
        json.size("num_hidden_layers", Sizes.LAYERS),
        json.size("vocab_size", Sizes.VOCABULARY),
        json.size("max_position_embeddings", Sizes.POSITIONS),
        window,
        json.positive("rms_norm_eps", 1e-6),
        json.head(false),
        biases);
  }

  private Set<LinearGroup> attentionBiases() {
    return json.flag("attention_bias", false)
        ? EnumSet.of(LinearGroup.QKV, LinearGroup.OUT)
        : EnumSet.noneOf(LinearGroup.class);
  }

  /** As many as there are heads, where nothing is said. */
  private int keyHeads() {
    int keyHeads = json.size("num_key_value_heads", heads, heads);
    if (heads % keyHeads != 0) {
      throw json.fault(
          "num_key_value_heads " + keyHeads, "a divisor of num_attention_heads " + heads);
    }
    return keyHeads;
  }

  /** Where nothing is said, other programs take other numbers than that of the heads. */
  private int givenKeyHeads() {
    if (json.at("num_key_value_heads").isMissingNode()) {
      throw json.fault("num_key_value_heads (missing)", "what is given");
    }
    return keyHeads();
  }

  private int headWidth() {
    return json.has("head_dim")
        ? json.size("head_dim", Sizes.HEAD_WIDTH)
        : Sizes.headWidth(json, "hidden_size", hidden, "num_attention_heads", heads);
  }

  /** Qwen's window begins at a layer; none is computed here. */
  private void requireFull() {
    json.requireFlag("use_sliding_window", false);
    requireLayers(FULL);
  }

  private void requireLayers(String kind) {
    for (JsonNode layer : json.at("layer_types")) {
      if (!layer.asText().equals(kind)) {
        throw json.fault("layer_types with " + written(layer), "layers of kind " + kind + " here");
      }
    }
  }
}
