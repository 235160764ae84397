package io.arete.engine;

import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A complete chat model folder of random weights: Llama form, 2 blocks, the tokenizer of
 * tiny-random-gpt2, a chat template that ends turns by {@code <|endoftext|>}. Small enough to train
 * in a test, real enough to run every stage.
 */
public final class TinyChatModel {

  private static final Path TOKENIZER =
      Path.of("../engine/src/test/resources/models/tiny-random-gpt2");
  private static final int HIDDEN = 32;
  private static final int INNER = 64;
  private static final int KEYS = 16;
  private static final int VOCABULARY = 1000;
  private static final int LAYERS = 2;

  private static final String TEMPLATE =
      "{% for message in messages %}{{ message['role'] + ': ' + message['content'] +"
          + " '<|endoftext|>' }}{% endfor %}{% if add_generation_prompt %}{{ 'assistant: ' }}{%"
          + " endif %}";

  private TinyChatModel() {}

  /** Writes the folder; the same seed gives the same bytes. */
  public static Path write(Path folder, long seed) {
    try {
      Files.createDirectories(folder);
      Files.copy(TOKENIZER.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
      Files.writeString(
          folder.resolve("tokenizer_config.json"),
          "{\"eos_token\": \"<|endoftext|>\", \"chat_template\": \"" + TEMPLATE + "\"}");
      Files.writeString(folder.resolve("config.json"), config());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"), Map.of("format", "pt"), weights(seed));
    return folder;
  }

  private static String config() {
    return """
        {"model_type": "llama", "hidden_act": "silu", "hidden_size": %d, "intermediate_size": %d,
         "num_attention_heads": 4, "num_key_value_heads": 2, "num_hidden_layers": %d,
         "vocab_size": %d, "max_position_embeddings": 512, "rms_norm_eps": 1e-5,
         "rope_theta": 10000.0, "tie_word_embeddings": true}
        """
        .formatted(HIDDEN, INNER, LAYERS, VOCABULARY);
  }

  private static List<NamedTensor> weights(long seed) {
    List<NamedTensor> tensors = new ArrayList<>();
    tensors.add(random("model.embed_tokens.weight", VOCABULARY, HIDDEN, seed));
    tensors.add(ones("model.norm.weight"));
    for (int layer = 0; layer < LAYERS; layer++) {
      String prefix = "model.layers." + layer + ".";
      tensors.add(ones(prefix + "input_layernorm.weight"));
      tensors.add(ones(prefix + "post_attention_layernorm.weight"));
      tensors.add(random(prefix + "self_attn.q_proj.weight", HIDDEN, HIDDEN, seed));
      tensors.add(random(prefix + "self_attn.k_proj.weight", KEYS, HIDDEN, seed));
      tensors.add(random(prefix + "self_attn.v_proj.weight", KEYS, HIDDEN, seed));
      tensors.add(random(prefix + "self_attn.o_proj.weight", HIDDEN, HIDDEN, seed));
      tensors.add(random(prefix + "mlp.gate_proj.weight", INNER, HIDDEN, seed));
      tensors.add(random(prefix + "mlp.up_proj.weight", INNER, HIDDEN, seed));
      tensors.add(random(prefix + "mlp.down_proj.weight", HIDDEN, INNER, seed));
    }
    return tensors;
  }

  private static NamedTensor random(String name, int rows, int columns, long seed) {
    CountedRandom draws = CountedRandom.of(seed).at(name);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.2 * draws.gaussian(i));
    }
    return NamedTensor.float32(name, List.of((long) rows, (long) columns), values);
  }

  private static NamedTensor ones(String name) {
    float[] values = new float[HIDDEN];
    java.util.Arrays.fill(values, 1);
    return NamedTensor.float32(name, List.of((long) HIDDEN), values);
  }
}
