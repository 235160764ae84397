package io.arete.engine.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.GoldenFiles;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsFile;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.model.ModelConfigReader;
import io.arete.engine.tensor.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An adapter that this engine would compute wrongly is refused by name, in one sentence. */
class BrokenAdapterTest {

  private static final ModelConfig MODEL = ModelConfigReader.read(GoldenFiles.path("llama"));
  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final String DOWN =
      "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight";

  @TempDir private Path folder;

  @BeforeEach
  void copy() throws IOException {
    for (String name : new String[] {CONFIG, WEIGHTS}) {
      Files.copy(GoldenFiles.path("lora-llama").resolve(name), folder.resolve(name));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "use_dora | true | use_dora",
        "lora_bias | true | lora_bias",
        "fan_in_fan_out | true | fan_in_fan_out",
        "bias | \"all\" | bias",
        "peft_type | \"IA3\" | IA3",
        "rank_pattern | {\"q_proj\": 4} | rank_pattern",
        "alpha_pattern | {\"q_proj\": 4} | alpha_pattern",
        "layers_to_transform | 1 | layers_to_transform",
        "exclude_modules | \"q_proj\" | exclude_modules",
        "alora_invocation_tokens | [1, 2] | alora_invocation_tokens",
        "target_modules | [\"q_proj\", \"embed_tokens\"] | embed_tokens",
        "target_modules | \".*q_proj\" | target_modules",
        "target_modules | [] | target_modules",
        "target_modules | null | target_modules",
        "r | 0 | rank 0",
        "r | -3 | rank -3",
        "r | 100000 | rank 100000",
        "r | 4096 | [4096, 32]",
        "r | 4 | [4, 32]",
        "lora_alpha | 0 | scaling",
        "lora_alpha | -1 | scaling",
        "lora_dropout | 1 | dropout",
      })
  void aSettingThatIsNotComputedIsNamed(String key, String value, String named) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode config = (ObjectNode) json.readTree(folder.resolve(CONFIG).toFile());
    config.set(key, json.readTree(value));
    json.writeValue(folder.resolve(CONFIG).toFile(), config);
    assertRefused(named);
  }

  @Test
  void aMissingTensorIsNamed() throws IOException {
    rewrite(tensors -> tensors.remove(DOWN));
    assertRefused("lacks the tensor " + DOWN);
  }

  @Test
  void aTensorThatNoSettingExplainsIsNamed() throws IOException {
    rewrite(
        tensors ->
            tensors.put(
                "base_model.model.lm_head.weight",
                NamedTensor.float32("base_model.model.lm_head.weight", List.of(1L), new float[1])));
    assertRefused("lm_head.weight");
  }

  @Test
  void aTensorOfAnotherShapeIsNamedWithBothShapes() throws IOException {
    replace(new float[8 * 31], 8, 31);
    assertRefused("[8, 31]");
    assertRefused("[8, 32]");
  }

  @Test
  void notANumberIsRefused() throws IOException {
    float[] values = new float[8 * 32];
    values[77] = Float.NaN;
    replace(values, 8, 32);
    assertRefused("NaN");
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(WEIGHTS));
    Files.write(folder.resolve(WEIGHTS), Arrays.copyOf(bytes, bytes.length - 100));
    assertRefused(WEIGHTS);
  }

  @Test
  void aFolderWithoutAConfigurationOrWithABrokenOneIsRefused() throws IOException {
    Files.writeString(folder.resolve(CONFIG), "{\"r\": ");
    assertRefused(CONFIG);
    Files.delete(folder.resolve(CONFIG));
    assertRefused(CONFIG);
    assertThat(AdapterFiles.isAdapter(folder)).isFalse();
  }

  private void assertRefused(String named) {
    assertThatThrownBy(() -> AdapterFiles.read(folder, MODEL, Device.CPU))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining(named)
        .hasMessageNotContaining("\n");
  }

  private interface Change {
    void apply(Map<String, NamedTensor> tensors);
  }

  private void replace(float[] values, long rows, long columns) throws IOException {
    rewrite(
        tensors -> tensors.put(DOWN, NamedTensor.float32(DOWN, List.of(rows, columns), values)));
  }

  private void rewrite(Change change) throws IOException {
    Map<String, NamedTensor> tensors = new TreeMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
      file.entries()
          .forEach(
              (name, entry) ->
                  tensors.put(
                      name, NamedTensor.of(name, entry.dtype(), entry.shape(), file.map(entry))));
    }
    change.apply(tensors);
    Path other = folder.resolve("other.safetensors");
    SafetensorsWriter.write(other, Map.of(), List.copyOf(tensors.values()));
    Files.move(other, folder.resolve(WEIGHTS), StandardCopyOption.REPLACE_EXISTING);
  }
}
