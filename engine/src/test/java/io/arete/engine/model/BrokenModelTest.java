package io.arete.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.GoldenFiles;
import io.arete.engine.TinyModels;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsFile;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.forest.Forest;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model folder that is damaged or of another kind is refused, in one sentence that says how. */
class BrokenModelTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String NORM = "model.layers.1.input_layernorm.weight";

  @TempDir private Path folder;

  @BeforeEach
  void copy() throws IOException {
    for (String name : new String[] {CONFIG, WEIGHTS}) {
      Files.copy(GoldenFiles.path("llama").resolve(name), folder.resolve(name));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model_type | \"bloom\" | model_type \"bloom\"",
        "model_type | null | model_type",
        "hidden_act | \"gelu\" | gelu",
        "rope_parameters | {\"rope_type\": \"yarn\", \"factor\": 2} | yarn",
        "rope_parameters | {\"rope_type\": \"dynamic\", \"factor\": 2} | dynamic",
        "rope_parameters | {\"rope_type\": \"longrope\", \"factor\": 2} | longrope",
        "rope_parameters | {\"full_attention\": {\"rope_theta\": 1}} | rope_parameters",
        "rope_parameters | \"linear\" | rope_parameters",
        "rope_parameters | {\"rope_type\": \"linear\"} | factor (missing)",
        "rope_parameters | {\"rope_type\": \"linear\", \"factor\": -2} | factor -2",
        "rope_parameters | {\"rope_type\": \"default\", \"partial_rotary_factor\": 0.5} | partial",
        "rope_scaling | {\"rope_type\": \"linear\", \"factor\": 2} | one of them",
        "partial_rotary_factor | 0.5 | partial_rotary_factor 0.5",
        "layer_types | [\"full_attention\", \"sliding_attention\"] | sliding_attention",
        "quantization_config | {\"bits\": 4} | quantization_config",
        "num_key_value_heads | 3 | num_key_value_heads 3",
        "num_key_value_heads | 0 | num_key_value_heads 0",
        "num_attention_heads | 0 | num_attention_heads 0",
        "head_dim | 7 | head_dim 7",
        "hidden_size | 1e9 | hidden_size",
        "hidden_size | 65536 | 65536",
        "num_hidden_layers | 1000000000000 | num_hidden_layers",
        "num_hidden_layers | 1024 | model.layers.2.",
        "vocab_size | 4194304 | 4194304",
        "vocab_size | -1 | vocab_size -1",
        "intermediate_size | 1048576 | 1048576",
        "max_position_embeddings | 0 | max_position_embeddings 0",
        "rms_norm_eps | \"small\" | rms_norm_eps",
        "attention_bias | true | bias",
        "attention_bias | \"yes\" | attention_bias",
        "model_type | \"qwen2\" | bias",
        "model_type | \"qwen3\" | q_norm",
      })
  void aSettingThatIsNotComputedOrNotInTheFileIsNamed(String key, String value, String named)
      throws IOException {
    set(key, value);
    assertRefused(named);
  }

  @Test
  void bothSpellingsOfTheRotarySettingsGiveTheSameNumbers() throws IOException {
    for (String family : List.of("llama", "llama3", "llama_linear")) {
      Path target = Files.createDirectory(folder.resolve(family));
      ObjectNode config =
          (ObjectNode) JSON.readTree(GoldenFiles.path(family + "/" + CONFIG).toFile());
      ObjectNode rotary = (ObjectNode) config.remove("rope_parameters");
      config.set("rope_theta", rotary.remove("rope_theta"));
      if (!rotary.get("rope_type").asText().equals("default")) {
        // The oldest files say "type".
        rotary.set("type", rotary.remove("rope_type"));
        config.set("rope_scaling", rotary);
      }
      JSON.writeValue(target.resolve(CONFIG).toFile(), config);
      assertThat(ModelConfigReader.read(target))
          .isEqualTo(ModelConfigReader.read(GoldenFiles.path(family)));
    }
  }

  @Test
  void notANumberIsRefusedByTensor() throws IOException {
    float[] values = new float[32];
    values[5] = Float.NaN;
    replace(NamedTensor.float32(NORM, List.of(32L), values));
    assertRefused(NORM);
    assertRefused("NaN");
  }

  @Test
  void aWrongShapeIsRefusedWithBothShapes() throws IOException {
    replace(NamedTensor.float32(NORM, List.of(31L), new float[31]));
    assertRefused("[31]");
    assertRefused("[32]");
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(WEIGHTS));
    Files.write(folder.resolve(WEIGHTS), Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(WEIGHTS);
  }

  @Test
  void aConfigurationThatIsNoJsonOrNoObjectOrMissingIsRefused() throws IOException {
    for (String text : List.of("", "[]", "{", "[".repeat(100_000))) {
      Files.writeString(folder.resolve(CONFIG), text);
      assertRefused(CONFIG);
    }
    Files.delete(folder.resolve(CONFIG));
    assertRefused(CONFIG);
    assertThatThrownBy(() -> load(folder.resolve("nowhere"))).hasMessageContaining("nowhere");
  }

  /** A model of another kind with Llama's names would be computed without what makes it other. */
  @Test
  void aTensorOfABlockThatTheConfigurationDoesNotExplainIsNamed() throws IOException {
    String extra = "model.layers.1.self_attn.q_norm.weight";
    replace(NamedTensor.float32(extra, List.of(8L), new float[8]));
    assertRefused(extra);
    set("num_hidden_layers", "1");
    assertRefused("model.layers.1.");
  }

  @Test
  void aTextLongerThanTheContextAndAnUnknownIdAreRefused() {
    try (DecoderModel model = TinyModels.llama(Dtype.FLOAT32);
        Scope scope = Scope.open()) {
      assertThat(model.trunk(Forest.of(List.of(new int[128])), Adapters.NONE).size(0))
          .isEqualTo(128);
      assertThatThrownBy(() -> model.trunk(Forest.of(List.of(new int[129])), Adapters.NONE))
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("129 tokens")
          .hasMessageContaining("128");
      for (int id : new int[] {-1, 199, Integer.MAX_VALUE}) {
        assertThatThrownBy(() -> model.trunk(Forest.of(List.of(new int[] {id})), Adapters.NONE))
            .isInstanceOf(AreteException.class)
            .hasMessageContaining("token id " + id)
            .hasMessageContaining("0 to 198");
      }
    }
  }

  private void assertRefused(String named) {
    assertThatThrownBy(() -> load(folder))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining(named)
        .hasMessageNotContaining("\n");
  }

  private static void load(Path folder) {
    DecoderModel.load(folder, Dtype.FLOAT32, Device.CPU).close();
  }

  private void set(String key, String value) throws IOException {
    ObjectNode config = (ObjectNode) JSON.readTree(folder.resolve(CONFIG).toFile());
    config.set(key, JSON.readTree(value));
    JSON.writeValue(folder.resolve(CONFIG).toFile(), config);
  }

  private void replace(NamedTensor replacement) throws IOException {
    List<NamedTensor> tensors = new ArrayList<>(List.of(replacement));
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
      file.entries()
          .forEach(
              (name, entry) -> {
                if (!name.equals(replacement.name())) {
                  tensors.add(NamedTensor.of(name, entry.dtype(), entry.shape(), file.map(entry)));
                }
              });
    }
    Path other = folder.resolve("other.safetensors");
    SafetensorsWriter.write(other, Map.of(), tensors);
    Files.move(other, folder.resolve(WEIGHTS), StandardCopyOption.REPLACE_EXISTING);
  }
}
