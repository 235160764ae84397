package io.arete.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsFile;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.forest.Forest;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same model is stored in several ways on the hub. */
class StoredFormsTest {

  private static final int[] IDS = {5, 17, 98, 3, 150, 44, 7, 8, 9, 10, 11, 12};

  @TempDir private Path folder;

  /** As OpenAI's GPT-2 is stored: a base alone, with its masks beside the weights. */
  @ParameterizedTest
  @CsvSource({
    "gpt2, transformer., h.0.attn.bias",
    "gpt2, transformer., h.1.attn.masked_bias",
    "qwen2, model., layers.0.self_attn.rotary_emb.inv_freq",
  })
  void withoutTheBasesNameAndWithBuffersItIsTheSame(String family, String prefix, String buffer)
      throws IOException {
    NamedTensor mask = NamedTensor.float32(buffer, List.of(1L, 1L, 2L, 2L), new float[4]);
    copy(family, name -> name.startsWith(prefix) ? name.substring(prefix.length()) : name, mask);
    assertThat(hidden(folder)).containsExactly(hidden(GoldenFiles.path(family)));
  }

  @Test
  void theMasksOfAGptNeoxAreNoWeights() throws IOException {
    String buffer = "gpt_neox.layers.1.attention.bias";
    copy("gpt_neox", name -> name, NamedTensor.float32(buffer, List.of(4L), new float[4]));
    assertThat(hidden(folder)).containsExactly(hidden(GoldenFiles.path("gpt_neox")));
  }

  @Test
  void aWindowAsLongAsTheTextHidesNothing() throws IOException {
    copy("mistral", name -> name, NamedTensor.float32("unused", List.of(1L), new float[1]));
    float[] cut = hidden(folder);
    set("sliding_window", IDS.length);
    float[] whole = hidden(folder);
    assertThat(GoldenTensors.distance(cut, whole)).isGreaterThan(1e-2);
    set("sliding_window", IDS.length - 1);
    assertThat(GoldenTensors.distance(hidden(folder), whole)).isGreaterThan(1e-3);
    set("sliding_window", IDS.length + 1);
    assertThat(hidden(folder)).containsExactly(whole);
  }

  private void set(String key, int value) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Path file = folder.resolve("config.json");
    ObjectNode config = (ObjectNode) json.readTree(file.toFile());
    json.writeValue(file.toFile(), config.put(key, value));
  }

  private void copy(String family, UnaryOperator<String> renamed, NamedTensor more)
      throws IOException {
    Path from = GoldenFiles.path(family);
    Files.copy(from.resolve("config.json"), folder.resolve("config.json"));
    List<NamedTensor> tensors = new ArrayList<>(List.of(more));
    try (SafetensorsFile file = SafetensorsFile.open(from.resolve("model.safetensors"))) {
      file.entries()
          .forEach(
              (name, entry) ->
                  tensors.add(
                      NamedTensor.of(
                          renamed.apply(name), entry.dtype(), entry.shape(), file.map(entry))));
    }
    SafetensorsWriter.write(folder.resolve("model.safetensors"), Map.of(), tensors);
  }

  private static float[] hidden(Path folder) {
    try (DecoderModel model = DecoderModel.load(folder, Dtype.FLOAT32, Device.CPU);
        NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      return model.trunk(Forest.of(List.of(IDS)), Adapters.NONE).toFloats();
    }
  }
}
