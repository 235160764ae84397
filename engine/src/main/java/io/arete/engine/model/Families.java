package io.arete.engine.model;

import io.arete.engine.model.WeightNames.HeadNorms;
import io.arete.engine.nn.Projection;
import java.util.Map;
import java.util.Optional;

/** The families that are computed here, one row each. */
public final class Families {

  private static final Map<Projection, String> LLAMA_LAYERS =
      Map.of(
          Projection.Q, "self_attn.q_proj",
          Projection.K, "self_attn.k_proj",
          Projection.V, "self_attn.v_proj",
          Projection.O, "self_attn.o_proj",
          Projection.GATE, "mlp.gate_proj",
          Projection.UP, "mlp.up_proj",
          Projection.DOWN, "mlp.down_proj");

  private static final Map<Projection, String> GPT2_LAYERS =
      Map.of(
          Projection.QKV, "attn.c_attn",
          Projection.O, "attn.c_proj",
          Projection.UP, "mlp.c_fc",
          Projection.DOWN, "mlp.c_proj");

  private static final Map<Projection, String> GPT_NEOX_LAYERS =
      Map.of(
          Projection.QKV, "attention.query_key_value",
          Projection.O, "attention.dense",
          Projection.UP, "mlp.dense_h_to_4h",
          Projection.DOWN, "mlp.dense_4h_to_h");

  private static final WeightNames LLAMA_NAMES = llamaNames(Optional.empty());

  private static final WeightNames QWEN3_NAMES =
      llamaNames(Optional.of(new HeadNorms("self_attn.q_norm", "self_attn.k_norm")));

  private static final WeightNames GPT2_NAMES =
      new WeightNames(
          "transformer",
          "wte",
          Optional.of("wpe"),
          "h",
          "ln_1",
          "ln_2",
          Optional.empty(),
          GPT2_LAYERS,
          "ln_f",
          "lm_head");

  private static final WeightNames GPT_NEOX_NAMES =
      new WeightNames(
          "gpt_neox",
          "embed_in",
          Optional.empty(),
          "layers",
          "input_layernorm",
          "post_attention_layernorm",
          Optional.empty(),
          GPT_NEOX_LAYERS,
          "final_layer_norm",
          "embed_out");

  /** Touvron et al. 2023: RMS norms, rotary positions, a gated MLP; grouped heads, no biases. */
  public static final Family LLAMA = llamaLike("llama", "Llama", LLAMA_NAMES);

  /** Llama with a sliding window. */
  public static final Family MISTRAL = llamaLike("mistral", "Mistral", LLAMA_NAMES);

  /** Llama with biases of queries, keys and values. */
  public static final Family QWEN2 = llamaLike("qwen2", "Qwen2", LLAMA_NAMES);

  /** Llama with norms of each head of queries and keys. */
  public static final Family QWEN3 = llamaLike("qwen3", "Qwen3", QWEN3_NAMES);

  /** Radford et al. 2019: layer norms, learned positions, a plain MLP, biases, matrices turned. */
  public static final Family GPT2 =
      new Family("gpt2", "GPT2", GPT2_NAMES, Family.Norms.LAYER, true, FusedRows.BY_PART);

  /** Black et al. 2022: layer norms, part of each head turns, attention and MLP side by side. */
  public static final Family GPT_NEOX =
      new Family(
          "gpt_neox", "GPTNeoX", GPT_NEOX_NAMES, Family.Norms.LAYER, false, FusedRows.BY_HEAD);

  private Families() {}

  private static Family llamaLike(String name, String className, WeightNames names) {
    return new Family(name, className, names, Family.Norms.RMS, false, FusedRows.BY_PART);
  }

  private static WeightNames llamaNames(Optional<HeadNorms> headNorms) {
    return new WeightNames(
        "model",
        "embed_tokens",
        Optional.empty(),
        "layers",
        "input_layernorm",
        "post_attention_layernorm",
        headNorms,
        LLAMA_LAYERS,
        "norm",
        "lm_head");
  }
}
