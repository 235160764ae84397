package io.arete.cli.bench;

import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A model folder of random weights, without a tokenizer.
 *
 * @param hidden width of the residual stream
 * @param layers number of blocks
 * @param heads query heads
 * @param keyHeads key and value heads
 * @param inner width of the gated layer
 * @param vocabulary rows of the embedding, which is also the head
 */
record RandomModel(int hidden, int layers, int heads, int keyHeads, int inner, int vocabulary) {

  /** The shape of SmolLM2-135M. */
  static final RandomModel SMOLLM2 = new RandomModel(576, 30, 9, 3, 1536, 49152);

  /** Small enough for hundreds of steps. */
  static final RandomModel TINY = new RandomModel(64, 2, 4, 2, 128, 1000);

  private static final double SD = 0.02;

  /** Writes the folder's files. */
  void write(Path folder) {
    try {
      Files.writeString(folder.resolve("config.json"), config());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (Scope scope = Scope.open()) {
      SafetensorsWriter.write(
          folder.resolve("model.safetensors"), Map.of("format", "pt"), weights());
    }
  }

  private String config() {
    return """
        {"model_type": "llama", "hidden_act": "silu", "hidden_size": %d, "intermediate_size": %d,
         "num_attention_heads": %d, "num_key_value_heads": %d, "num_hidden_layers": %d,
         "vocab_size": %d, "max_position_embeddings": 2048, "rms_norm_eps": 1e-5,
         "rope_theta": 10000.0, "tie_word_embeddings": true}
        """
        .formatted(hidden, inner, heads, keyHeads, layers, vocabulary);
  }

  private List<NamedTensor> weights() {
    List<NamedTensor> tensors = new ArrayList<>();
    int keyWidth = hidden / heads * keyHeads;
    tensors.add(matrix("model.embed_tokens.weight", vocabulary, hidden));
    tensors.add(ones("model.norm.weight"));
    for (int layer = 0; layer < layers; layer++) {
      String prefix = "model.layers." + layer + ".";
      tensors.add(ones(prefix + "input_layernorm.weight"));
      tensors.add(ones(prefix + "post_attention_layernorm.weight"));
      tensors.add(matrix(prefix + "self_attn.q_proj.weight", hidden, hidden));
      tensors.add(matrix(prefix + "self_attn.k_proj.weight", keyWidth, hidden));
      tensors.add(matrix(prefix + "self_attn.v_proj.weight", keyWidth, hidden));
      tensors.add(matrix(prefix + "self_attn.o_proj.weight", hidden, hidden));
      tensors.add(matrix(prefix + "mlp.gate_proj.weight", inner, hidden));
      tensors.add(matrix(prefix + "mlp.up_proj.weight", inner, hidden));
      tensors.add(matrix(prefix + "mlp.down_proj.weight", hidden, inner));
    }
    return tensors;
  }

  private NamedTensor matrix(String name, long rows, long columns) {
    return new NamedTensor(
        name,
        StoredDtype.BF16,
        List.of(rows, columns),
        sink -> {
          try (Scope scope = Scope.open()) {
            Tensor values = Tensors.normal(Device.CPU, name.hashCode(), SD, rows, columns);
            for (var chunk : values.to(Dtype.BFLOAT16).memory()) {
              sink.write(chunk);
            }
          }
        });
  }

  private NamedTensor ones(String name) {
    float[] values = new float[hidden];
    java.util.Arrays.fill(values, 1);
    return NamedTensor.float32(name, List.of((long) hidden), values);
  }
}
