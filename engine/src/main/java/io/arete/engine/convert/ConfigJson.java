package io.arete.engine.convert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.nn.RotaryScaling;

/** The {@code config.json} and {@code generation_config.json} of a decoder. */
final class ConfigJson {

  private ConfigJson() {}

  /**
   * Every key of transformers' configuration that says something; the rotary base in the new
   * spelling and the old.
   */
  static ObjectNode config(DecoderShape shape, RoleIds tokens) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.putArray("architectures").add(shape.family().className());
    putFamily(config, shape);
    config.put("attention_dropout", 0.0);
    putIds(config, tokens);
    config.put("dtype", "bfloat16");
    config.put("head_dim", shape.headWidth());
    config.put("hidden_act", "silu");
    config.put("hidden_size", shape.hidden());
    config.put("initializer_range", 0.02);
    config.put("intermediate_size", shape.intermediate());
    config.put("max_position_embeddings", shape.context());
    config.put("model_type", shape.family().architecture());
    config.put("num_attention_heads", shape.heads());
    config.put("num_hidden_layers", shape.layers());
    config.put("num_key_value_heads", shape.keyValueHeads());
    config.put("rms_norm_eps", shape.normEpsilon());
    putRotary(config, shape);
    config.put("tie_word_embeddings", shape.tied());
    config.put("torch_dtype", "bfloat16");
    tokens.unknown().ifPresent(id -> config.put("unk_token_id", id));
    config.put("use_cache", true);
    config.put("vocab_size", shape.vocabulary());
    return config;
  }

  /** What generation needs to know: where text begins and ends. */
  static ObjectNode generationConfig(RoleIds tokens) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    putIds(config, tokens);
    return config;
  }

  private static void putFamily(ObjectNode config, DecoderShape shape) {
    switch (shape.family()) {
      case LLAMA -> {
        config.put("attention_bias", shape.attentionBias());
        config.put("mlp_bias", shape.mlpBias());
        config.put("pretraining_tp", 1);
      }
      case QWEN2 -> putNoWindow(config, shape);
      case QWEN3 -> {
        config.put("attention_bias", false);
        putNoWindow(config, shape);
      }
    }
  }

  private static void putNoWindow(ObjectNode config, DecoderShape shape) {
    config.put("max_window_layers", shape.layers());
    config.putNull("sliding_window");
    config.put("use_sliding_window", false);
  }

  private static void putRotary(ObjectNode config, DecoderShape shape) {
    ObjectNode rotary = config.putObject("rope_parameters");
    rotary.put("rope_theta", shape.ropeTheta());
    putScaling(rotary, shape.ropeScaling());
    config.put("rope_theta", shape.ropeTheta());
    if (!(shape.ropeScaling() instanceof RotaryScaling.None)) {
      putScaling(config.putObject("rope_scaling"), shape.ropeScaling());
    }
  }

  private static void putScaling(ObjectNode rotary, RotaryScaling scaling) {
    if (scaling instanceof RotaryScaling.Linear linear) {
      rotary.put("rope_type", "linear");
      rotary.put("factor", linear.factor());
    } else if (scaling instanceof RotaryScaling.Llama3 llama3) {
      rotary.put("rope_type", "llama3");
      rotary.put("factor", llama3.factor());
      rotary.put("low_freq_factor", llama3.lowFrequency());
      rotary.put("high_freq_factor", llama3.highFrequency());
      rotary.put("original_max_position_embeddings", (long) llama3.originalContext());
    } else {
      rotary.put("rope_type", "default");
    }
  }

  private static void putIds(ObjectNode config, RoleIds tokens) {
    tokens.begin().ifPresent(id -> config.put("bos_token_id", id));
    tokens.end().ifPresent(id -> config.put("eos_token_id", id));
    tokens.pad().ifPresent(id -> config.put("pad_token_id", id));
  }
}
