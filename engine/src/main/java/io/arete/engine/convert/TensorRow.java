package io.arete.engine.convert;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * One tensor of a decoder under both its names.
 *
 * @param gguf llama.cpp's name
 * @param huggingFace transformers' name
 * @param shape dimensions, outermost first
 * @param rotaryHeads heads whose rows lie in another order in GGUF, or 0 if rows lie alike
 */
record TensorRow(String gguf, String huggingFace, List<Long> shape, int rotaryHeads) {

  static final String OUTPUT = "output.weight";
  static final String QUERY_BIAS = "blk.0.attn_q.bias";
  static final String GATE_BIAS = "blk.0.ffn_gate.bias";

  TensorRow {
    shape = List.copyOf(shape);
  }

  /**
   * Hands every tensor that a decoder of this shape has to {@code taker}, one by one: a claimed
   * number of layers makes no list, and a taker that misses a tensor ends it.
   */
  static void forEach(DecoderShape shape, Consumer<TensorRow> taker) {
    new Rows(shape, taker).all();
  }

  private record Rows(DecoderShape shape, Consumer<TensorRow> taker) {

    void all() {
      long hidden = shape.hidden();
      row("token_embd.weight", "model.embed_tokens.weight", shape.vocabulary(), hidden);
      row("output_norm.weight", "model.norm.weight", hidden);
      if (!shape.tied()) {
        row(OUTPUT, "lm_head.weight", shape.vocabulary(), hidden);
      }
      for (int layer = 0; layer < shape.layers(); layer++) {
        attention("blk." + layer + ".", "model.layers." + layer + ".");
        mlp("blk." + layer + ".", "model.layers." + layer + ".");
      }
    }

    private void attention(String from, String to) {
      long hidden = shape.hidden();
      long queries = (long) shape.heads() * shape.headWidth();
      long keys = (long) shape.keyValueHeads() * shape.headWidth();
      int queryHeads = shape.family().rotaryPairs() ? shape.heads() : 0;
      int keyHeads = shape.family().rotaryPairs() ? shape.keyValueHeads() : 0;
      row(from + "attn_norm.weight", to + "input_layernorm.weight", hidden);
      rotary(from + "attn_q.weight", to + "self_attn.q_proj.weight", queryHeads, queries, hidden);
      rotary(from + "attn_k.weight", to + "self_attn.k_proj.weight", keyHeads, keys, hidden);
      row(from + "attn_v.weight", to + "self_attn.v_proj.weight", keys, hidden);
      row(from + "attn_output.weight", to + "self_attn.o_proj.weight", hidden, queries);
      if (shape.attentionBias()) {
        rotary(from + "attn_q.bias", to + "self_attn.q_proj.bias", queryHeads, queries);
        rotary(from + "attn_k.bias", to + "self_attn.k_proj.bias", keyHeads, keys);
        row(from + "attn_v.bias", to + "self_attn.v_proj.bias", keys);
        if (shape.family().biases() == GgufFamily.Biases.ALL_OR_NONE) {
          row(from + "attn_output.bias", to + "self_attn.o_proj.bias", hidden);
        }
      }
      if (shape.family().headNorms()) {
        row(from + "attn_q_norm.weight", to + "self_attn.q_norm.weight", shape.headWidth());
        row(from + "attn_k_norm.weight", to + "self_attn.k_norm.weight", shape.headWidth());
      }
    }

    private void mlp(String from, String to) {
      long hidden = shape.hidden();
      long inner = shape.intermediate();
      row(from + "ffn_norm.weight", to + "post_attention_layernorm.weight", hidden);
      row(from + "ffn_gate.weight", to + "mlp.gate_proj.weight", inner, hidden);
      row(from + "ffn_up.weight", to + "mlp.up_proj.weight", inner, hidden);
      row(from + "ffn_down.weight", to + "mlp.down_proj.weight", hidden, inner);
      if (shape.mlpBias()) {
        row(from + "ffn_gate.bias", to + "mlp.gate_proj.bias", inner);
        row(from + "ffn_up.bias", to + "mlp.up_proj.bias", inner);
        row(from + "ffn_down.bias", to + "mlp.down_proj.bias", hidden);
      }
    }

    private void row(String from, String to, long... dimensions) {
      rotary(from, to, 0, dimensions);
    }

    private void rotary(String from, String to, int heads, long... dimensions) {
      taker.accept(new TensorRow(from, to, Arrays.stream(dimensions).boxed().toList(), heads));
    }
  }
}
