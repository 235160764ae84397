package io.arete.engine.model;

import java.util.List;

/**
 * Settings that some model of any form may have, that change what is computed, and that are not
 * computed here.
 */
final class RefusedSettings {

  private static final List<String> NOT_COMPUTED =
      List.of(
          "is_encoder_decoder",
          "add_cross_attention",
          "attn_logit_softcapping",
          "final_logit_softcapping",
          "query_pre_attn_scalar",
          "attention_multiplier",
          "embedding_multiplier",
          "residual_multiplier",
          "logits_scaling",
          "logit_scale",
          "clip_qkv",
          "alibi",
          "no_rope_layers",
          "num_experts",
          "num_local_experts",
          "attention_chunk_size",
          "use_qk_norm",
          "qk_layernorm",
          "rope_interleaved");

  private RefusedSettings() {}

  /** Fails at the first of them. */
  static void check(ConfigJson json) {
    NOT_COMPUTED.forEach(json::requireNone);
  }
}
