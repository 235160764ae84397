package io.arete.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.GoldenFiles;
import io.arete.engine.forest.AttentionBlock;
import io.arete.engine.nn.Activation;
import io.arete.engine.nn.LinearGroup;
import io.arete.engine.nn.Mlp;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A setting that was read wrongly would train happily for hours. */
class FamilySettingsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mistral | hidden_act | \"gelu\" | hidden_act \"gelu\"",
        "mistral | sliding_window | 0 | sliding_window 0",
        "mistral | sliding_window | \"all\" | sliding_window",
        "mistral | num_key_value_heads | (none) | num_key_value_heads (missing)",
        "mistral | layer_types | [\"full_attention\", \"sliding_attention\"] | full_attention",
        "mistral | num_local_experts | 8 | num_local_experts 8",
        "mistral | rope_parameters | {\"rope_type\": \"yarn\", \"factor\": 2} | yarn",
        "qwen2 | use_sliding_window | true | use_sliding_window true",
        "qwen2 | layer_types | [\"sliding_attention\"] | sliding_attention",
        "qwen2 | num_key_value_heads | (none) | num_key_value_heads (missing)",
        "qwen3 | use_sliding_window | true | use_sliding_window true",
        "qwen3 | head_dim | (none) | head_dim (missing)",
        "qwen3 | rope_parameters | {\"rope_type\": \"dynamic\"} | dynamic",
        "gpt2 | activation_function | \"relu\" | activation_function \"relu\"",
        "gpt2 | activation_function | \"silu\" | activation_function \"silu\"",
        "gpt2 | scale_attn_weights | false | scale_attn_weights false",
        "gpt2 | scale_attn_by_inverse_layer_idx | true | scale_attn_by_inverse_layer_idx true",
        "gpt2 | reorder_and_upcast_attn | true | reorder_and_upcast_attn true",
        "gpt2 | add_cross_attention | true | add_cross_attention true",
        "gpt2 | n_head | 5 | n_head 5",
        "gpt2 | n_embd | (none) | n_embd (missing)",
        "gpt2 | n_positions | 0 | n_positions 0",
        "gpt2 | n_layer | 5000 | n_layer 5000",
        "gpt2 | layer_norm_epsilon | -1 | layer_norm_epsilon -1",
        "gpt_neox | hidden_act | \"relu\" | hidden_act \"relu\"",
        "gpt_neox | num_attention_heads | 3 | num_attention_heads 3",
        "gpt_neox | use_parallel_residual | 1 | use_parallel_residual 1",
        "gpt_neox | rope_parameters | {\"partial_rotary_factor\": 1.5} | share of 1.5",
        "gpt_neox | rope_parameters | {\"partial_rotary_factor\": 0.1} | share of 0.1",
        "gpt_neox | rope_parameters | {\"rope_type\": \"yarn\"} | yarn",
      })
  void whatIsNotComputedIsNamed(String family, String key, String value, String named)
      throws IOException {
    ObjectNode config = config(family);
    change(config, key, value);
    assertThatThrownBy(() -> read(config))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining(named)
        .hasMessageNotContaining("\n");
  }

  @Test
  void theOldSpellingOfARotaryShareGivesTheSameNumbers() throws IOException {
    ObjectNode config = config("gpt_neox");
    config.remove("rope_parameters");
    config.put("rotary_pct", 0.25).put("rotary_emb_base", 10000);
    assertThat(read(config)).isEqualTo(ModelConfigReader.read(GoldenFiles.path("gpt_neox")));
    assertThat(read(config.put("rotary_pct", 0.5))).isNotEqualTo(read(config("gpt_neox")));
    assertThat(read(config.put("rotary_pct", 0.25).put("rotary_emb_base", 5000)))
        .isNotEqualTo(read(config("gpt_neox")));
  }

  @Test
  void aWindowIsReadAndNullMeansNone() throws IOException {
    assertThat(read(config("mistral")).window()).isEqualTo(8);
    ObjectNode none = config("mistral");
    none.putNull("sliding_window");
    assertThat(read(none).window()).isEqualTo(AttentionBlock.NO_WINDOW);
    ObjectNode missing = config("mistral");
    missing.remove("sliding_window");
    assertThat(read(missing).window()).as("as in transformers").isEqualTo(4096);
    for (String family : new String[] {"llama", "qwen2", "qwen3", "gpt2", "gpt_neox"}) {
      assertThat(read(config(family)).window()).isEqualTo(AttentionBlock.NO_WINDOW);
    }
  }

  @Test
  void whatAFamilyTakesForGrantedIsThere() throws IOException {
    assertThat(read(config("qwen2")).biases()).containsExactly(LinearGroup.QKV);
    assertThat(read(config("qwen3")).biases()).isEmpty();
    assertThat(read(config("gpt2")).biases()).containsExactly(LinearGroup.values());
    assertThat(read(config("gpt2")).shape().inner()).isEqualTo(128);
    ObjectNode untold = config("gpt2");
    untold.remove("tie_word_embeddings");
    assertThat(read(untold).tiedHead()).isTrue();
    ObjectNode plain =
        config("gpt_neox").put("attention_bias", false).put("hidden_act", "gelu_new");
    assertThat(read(plain).biases()).containsExactly(LinearGroup.GATE_UP, LinearGroup.DOWN);
    assertThat(read(plain).block().mlp()).isEqualTo(new Mlp.Plain(Activation.GELU_TANH));
  }

  private static ObjectNode config(String family) throws IOException {
    return (ObjectNode) JSON.readTree(GoldenFiles.path(family + "/config.json").toFile());
  }

  private static void change(ObjectNode config, String key, String value) throws IOException {
    if (value.equals("(none)")) {
      config.remove(key);
    } else {
      config.set(key, JSON.readTree(value));
    }
  }

  private ModelConfig read(ObjectNode config) throws IOException {
    JSON.writeValue(folder.resolve("config.json").toFile(), config);
    return ModelConfigReader.read(folder);
  }
}
