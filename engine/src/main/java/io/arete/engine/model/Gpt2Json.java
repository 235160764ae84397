package io.arete.engine.model;

import io.arete.engine.forest.AttentionBlock;
import io.arete.engine.nn.BlockShape;
import io.arete.engine.nn.DecoderBlock;
import io.arete.engine.nn.LinearGroup;
import io.arete.engine.nn.Mlp;
import io.arete.engine.nn.Positions;
import java.util.EnumSet;

/** Reads the configuration of a GPT-2. */
final class Gpt2Json {

  /** The MLP is so many times as wide as the hidden states where nothing is said. */
  private static final int INNER_FACTOR = 4;

  private Gpt2Json() {}

  static ModelConfig config(ConfigJson json) {
    json.requireFlag("scale_attn_weights", true);
    json.requireFlag("scale_attn_by_inverse_layer_idx", false);
    json.requireFlag("reorder_and_upcast_attn", false);
    int hidden = json.size("n_embd", Sizes.HIDDEN);
    int heads = json.size("n_head", Sizes.HEADS);
    int headWidth = Sizes.headWidth(json, "n_embd", hidden, "n_head", heads);
    int inner = json.size("n_inner", Sizes.INNER, INNER_FACTOR * hidden);
    Mlp mlp = new Mlp.Plain(json.activation("activation_function", "gelu_new", false));
    return new ModelConfig(
        Families.GPT2,
        new DecoderBlock.Form(new BlockShape(hidden, heads, heads, headWidth, inner), mlp, false),
        new Positions.Learned(),
        json.size("n_layer", Sizes.LAYERS),
        json.size("vocab_size", Sizes.VOCABULARY),
        json.size("n_positions", Sizes.POSITIONS),
        AttentionBlock.NO_WINDOW,
        json.positive("layer_norm_epsilon", 1e-5),
        json.head(true),
        EnumSet.allOf(LinearGroup.class));
  }
}
