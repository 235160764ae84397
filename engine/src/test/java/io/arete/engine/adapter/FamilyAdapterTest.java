package io.arete.engine.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.TinyModels;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsFile;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.model.Families;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.model.ModelConfigReader;
import io.arete.engine.nn.Projection;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import io.arete.engine.train.ScalarReadout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PEFT puts its matrices on each family's own layers, three of which may be one. */
class FamilyAdapterTest {

  private static final double TOLERANCE = 1e-4;
  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "gpt_neox"})
  void anAdapterOnFusedLayersGivesTheLogitsOfPeft(String family) {
    String name = "lora-" + family;
    List<int[]> sequences =
        GoldenTensors.sequences(GoldenFiles.json(name + "/golden.json").get("input_ids"));
    float[] expected =
        GoldenTensors.floats(GoldenFiles.path(name + "/golden.safetensors"), "adapter");
    try (DecoderModel model = TinyModels.of(family);
        Adapter adapter = AdapterFiles.read(GoldenFiles.path(name), model.config(), Device.CPU);
        FrozenStack stack = stack(model, adapter);
        NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Forest forest = Forest.of(sequences);
      Tensor logits = model.logits(model.norm(model.trunk(forest, stack)));
      int offset = 0;
      for (int i = 0; i < sequences.size(); i++) {
        float[] found =
            logits.indexSelect(0, Tensors.indices(Device.CPU, forest.path(i))).toFloats();
        float[] part = Arrays.copyOfRange(expected, offset, offset + found.length);
        assertThat(GoldenTensors.distance(found, part)).isLessThan(TOLERANCE);
        offset += found.length;
      }
      assertThat(offset).isEqualTo(expected.length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "gpt_neox"})
  void aRewardModelOnFusedLayersGivesTheScoresOfPeft(String family) {
    String name = "reward-" + family;
    JsonNode golden = GoldenFiles.json(name + "/golden.json");
    List<int[]> sequences = GoldenTensors.sequences(golden.get("input_ids"));
    try (DecoderModel model = TinyModels.of(family);
        Adapter adapter = AdapterFiles.read(GoldenFiles.path(name), model.config(), Device.CPU);
        FrozenStack stack = stack(model, adapter);
        NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Forest forest = Forest.of(sequences);
      int[] ends = new int[sequences.size()];
      Arrays.setAll(ends, forest::end);
      double[] found =
          new ScalarReadout(model, adapter.head().orElseThrow())
              .read(model.trunk(forest, stack), ends);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isCloseTo(golden.get("scores").get(i).asDouble(), within(TOLERANCE));
      }
    }
  }

  /**
   * What PEFT wrote is the truth; what comes back must hold the same bytes under the same names.
   */
  @ParameterizedTest
  @ValueSource(strings = {"lora-gpt2", "lora-gpt_neox", "reward-gpt_neox", "reward-qwen2"})
  void readAndWrittenAgainTheTensorsAreTheSame(String name) {
    JsonNode golden = GoldenFiles.json(name + "/golden.json");
    ModelConfig model =
        ModelConfigReader.read(GoldenFiles.path(golden.get("base").asText().substring(3)));
    try (Adapter adapter = AdapterFiles.read(GoldenFiles.path(name), model, Device.CPU)) {
      AdapterFiles.write(folder, adapter, "base");
    }
    try (SafetensorsFile expected = SafetensorsFile.open(GoldenFiles.path(name).resolve(WEIGHTS));
        SafetensorsFile found = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
      assertThat(found.entries().keySet()).containsExactlyElementsOf(expected.entries().keySet());
      expected
          .entries()
          .keySet()
          .forEach(
              tensor ->
                  assertThat(GoldenTensors.floats(folder.resolve(WEIGHTS), tensor))
                      .as(tensor)
                      .containsExactly(
                          GoldenTensors.floats(GoldenFiles.path(name).resolve(WEIGHTS), tensor)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c_proj | O, DOWN",
        "attn.c_proj | O",
        "mlp.c_proj | DOWN",
        "c_attn | QKV",
        "transformer.h.1.mlp.c_proj, transformer.h.0.mlp.c_proj | DOWN",
        "c_attn, c_fc | QKV, UP"
      })
  void aTargetMeansWhatItMeansInPeft(String listed, String meant) throws IOException {
    Set<Projection> targets = EnumSet.noneOf(Projection.class);
    for (String name : meant.split(", ", -1)) {
      targets.add(Projection.valueOf(name));
    }
    writeConfig(listed.split(", ", -1), true);
    assertThat(AdapterConfigJson.read(folder).lora(Families.GPT2).targets()).isEqualTo(targets);
    // PEFT turns its products for matrices that lie turned, whatever the file says.
    writeConfig(listed.split(", ", -1), false);
    assertThat(AdapterConfigJson.read(folder).lora(Families.GPT2).targets()).isEqualTo(targets);
  }

  @Test
  void aNameWrittenMeansItsLayerAlone() {
    for (Projection projection : Families.GPT2.projections()) {
      String name = TargetModules.name(Families.GPT2, projection);
      assertThat(TargetModules.matching(Families.GPT2, name)).containsExactly(projection);
    }
    assertThat(TargetModules.listed(Families.GPT2))
        .isEqualTo("c_attn, attn.c_proj, c_fc, mlp.c_proj");
    assertThat(TargetModules.listed(Families.GPT_NEOX))
        .isEqualTo("query_key_value, dense, dense_h_to_4h, dense_4h_to_h");
    assertThat(TargetModules.listed(Families.QWEN3))
        .isEqualTo("q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj");
  }

  @Test
  void aLayerThatTheFamilyLacksIsRefusedWithThoseItHas() throws IOException {
    writeConfig(new String[] {"q_proj"}, true);
    assertThatThrownBy(() -> AdapterConfigJson.read(folder).lora(Families.GPT2))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("q_proj")
        .hasMessageContaining("c_attn, attn.c_proj, c_fc, mlp.c_proj");
    ModelConfig model = ModelConfigReader.read(GoldenFiles.path("gpt2"));
    LoraConfig gate = LoraConfig.of(2, 4, 0, EnumSet.of(Projection.UP, Projection.GATE));
    assertThatThrownBy(() -> Adapter.zeros(gate, model, 0, Device.CPU))
        .hasMessageContaining("gate")
        .hasMessageContaining("qkv, o, up, down");
  }

  /** PEFT writes all-linear out, block by block: an adapter may be of some blocks only. */
  @Test
  void anAdapterOfSomeBlocksIsRefused() throws IOException {
    Path from = GoldenFiles.path("lora-gpt2");
    ObjectMapper json = new ObjectMapper();
    ObjectNode config = (ObjectNode) json.readTree(from.resolve(CONFIG).toFile());
    config.set("target_modules", json.valueToTree(List.of("transformer.h.0.attn.c_attn")));
    Files.writeString(folder.resolve(CONFIG), config.toString());
    String lacking = "base_model.model.transformer.h.1.attn.c_attn.lora_A.weight";
    List<NamedTensor> tensors = new ArrayList<>();
    try (SafetensorsFile file = SafetensorsFile.open(from.resolve(WEIGHTS))) {
      file.entries()
          .forEach(
              (name, entry) -> {
                if (name.contains(".h.0.attn.c_attn.")) {
                  tensors.add(NamedTensor.of(name, entry.dtype(), entry.shape(), file.map(entry)));
                }
              });
    }
    SafetensorsWriter.write(folder.resolve(WEIGHTS), Map.of(), tensors);
    ModelConfig model = ModelConfigReader.read(GoldenFiles.path("gpt2"));
    assertThatThrownBy(() -> AdapterFiles.read(folder, model, Device.CPU))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("lacks the tensor " + lacking);
  }

  private void writeConfig(String[] targets, boolean fanInFanOut) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode config = json.createObjectNode();
    config.put("peft_type", "LORA").put("r", 2).put("lora_alpha", 4);
    config.put("fan_in_fan_out", fanInFanOut);
    config.set("target_modules", json.valueToTree(targets));
    Files.writeString(folder.resolve(CONFIG), config.toString());
  }

  private static FrozenStack stack(DecoderModel model, Adapter adapter) {
    return new FrozenStack(List.of(adapter), model.config().layers(), Dtype.FLOAT32);
  }
}
