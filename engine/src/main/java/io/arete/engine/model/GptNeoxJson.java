package io.arete.engine.model;

import io.arete.engine.forest.AttentionBlock;
import io.arete.engine.nn.BlockShape;
import io.arete.engine.nn.DecoderBlock;
import io.arete.engine.nn.LinearGroup;
import io.arete.engine.nn.Mlp;
import java.util.EnumSet;
import java.util.Set;

/** Reads the configuration of a GPT-NeoX, such as Pythia. */
final class GptNeoxJson {

  private static final double ROTARY_SHARE = 0.25;

  private GptNeoxJson() {}

  static ModelConfig config(ConfigJson json) {
    int hidden = json.size("hidden_size", Sizes.HIDDEN);
    int heads = json.size("num_attention_heads", Sizes.HEADS);
    int headWidth = Sizes.headWidth(json, "hidden_size", hidden, "num_attention_heads", heads);
    int inner = json.size("intermediate_size", Sizes.INNER);
    Mlp mlp = new Mlp.Plain(json.activation("hidden_act", "gelu", false));
    boolean parallel = json.flag("use_parallel_residual", true);
    Set<LinearGroup> biases = EnumSet.of(LinearGroup.GATE_UP, LinearGroup.DOWN);
    if (json.flag("attention_bias", true)) {
      biases.addAll(EnumSet.of(LinearGroup.QKV, LinearGroup.OUT));
    }
    return new ModelConfig(
        Families.GPT_NEOX,
        new DecoderBlock.Form(
            new BlockShape(hidden, heads, heads, headWidth, inner), mlp, parallel),
        RotaryJson.part(json, headWidth, "rotary_pct", ROTARY_SHARE, "rotary_emb_base"),
        json.size("num_hidden_layers", Sizes.LAYERS),
        json.size("vocab_size", Sizes.VOCABULARY),
        json.size("max_position_embeddings", Sizes.POSITIONS),
        AttentionBlock.NO_WINDOW,
        json.positive("layer_norm_eps", 1e-5),
        json.head(false),
        biases);
  }
}
