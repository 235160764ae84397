package io.arete.engine.convert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code config.json} and {@code generation_config.json} of a Llama model. */
final class LlamaConfigJson {

  private LlamaConfigJson() {}

  /** Every key of transformers' LlamaConfig; the rotary base in the new spelling and the old. */
  static ObjectNode config(LlamaShape shape, SpecialTokens tokens, boolean tied) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.putArray("architectures").add("LlamaForCausalLM");
    config.put("attention_bias", false);
    config.put("attention_dropout", 0.0);
    putIds(config, tokens);
    config.put("dtype", "bfloat16");
    config.put("head_dim", shape.headWidth());
    config.put("hidden_act", "silu");
    config.put("hidden_size", shape.hidden());
    config.put("initializer_range", 0.02);
    config.put("intermediate_size", shape.intermediate());
    config.put("max_position_embeddings", shape.context());
    config.put("mlp_bias", false);
    config.put("model_type", "llama");
    config.put("num_attention_heads", shape.heads());
    config.put("num_hidden_layers", shape.layers());
    config.put("num_key_value_heads", shape.keyValueHeads());
    config.put("pretraining_tp", 1);
    config.put("rms_norm_eps", shape.normEpsilon());
    config
        .putObject("rope_parameters")
        .put("rope_theta", shape.ropeTheta())
        .put("rope_type", "default");
    config.put("rope_theta", shape.ropeTheta());
    config.put("tie_word_embeddings", tied);
    config.put("torch_dtype", "bfloat16");
    tokens.unknown().ifPresent(id -> config.put("unk_token_id", id));
    config.put("use_cache", true);
    config.put("vocab_size", shape.vocabulary());
    return config;
  }

  /** What generation needs to know: where text begins and ends. */
  static ObjectNode generationConfig(SpecialTokens tokens) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    putIds(config, tokens);
    return config;
  }

  private static void putIds(ObjectNode config, SpecialTokens tokens) {
    tokens.begin().ifPresent(id -> config.put("bos_token_id", id));
    tokens.end().ifPresent(id -> config.put("eos_token_id", id));
    tokens.pad().ifPresent(id -> config.put("pad_token_id", id));
  }
}
