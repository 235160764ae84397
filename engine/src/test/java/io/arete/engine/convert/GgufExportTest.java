package io.arete.engine.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.TinyChatModel;
import io.arete.engine.checkpoint.GgmlType;
import io.arete.engine.checkpoint.GgufFile;
import io.arete.engine.checkpoint.GgufMetadata;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.convert.block.FloatBits;
import io.arete.engine.text.ChatTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufExportTest {

  private static final ConversionProgress SILENT = (name, done, total) -> {};

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "llama3", "llama_linear", "qwen2", "qwen3"})
  void everyFamilyComesBackWithItsWeightsAndSettings(String name) throws IOException {
    Path model = FolderFixture.write(folder.resolve(name), name);
    if (name.equals("llama3")) {
      // The reference model stretches short contexts; these are the numbers of the releases.
      FolderFixture.change(model, "config.json", GgufExportTest::releasedScaling);
    }
    Path back = thereAndBack(model, GgufWeights.F16);
    try (ModelFolder original = ModelFolder.open(model);
        ModelFolder returned = ModelFolder.open(back)) {
      assertThat(returned.names()).isEqualTo(original.names());
      for (String tensor : original.names()) {
        float[] expected = floats(original, tensor);
        boolean vector = original.required(tensor).shape().size() == 1;
        for (int i = 0; i < expected.length; i++) {
          float stored = vector ? expected[i] : FloatBits.fromHalf(FloatBits.toHalf(expected[i]));
          expected[i] = FloatBits.fromBfloat16(FloatBits.toBfloat16(stored));
        }
        assertThat(floats(returned, tensor)).as(tensor).containsExactly(expected);
      }
    }
    assertSameSettings(json(model.resolve("config.json")), json(back.resolve("config.json")));
  }

  @Test
  void q80IsWithinHalfAStep() throws IOException {
    Path model = TinyChatModel.write(folder.resolve("model"), 1);
    Path back = thereAndBack(model, GgufWeights.Q8_0);
    try (ModelFolder original = ModelFolder.open(model);
        ModelFolder returned = ModelFolder.open(back)) {
      for (String tensor : original.names()) {
        float[] expected = floats(original, tensor);
        float[] found = floats(returned, tensor);
        for (int start = 0; start < expected.length; start += 32) {
          float largest = 0;
          for (int i = start; i < start + 32; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
          }
          for (int i = start; i < start + 32; i++) {
            // Half a step of d, whose float16 is off by up to 2^-11, then bfloat16's rounding.
            double most = largest * (0.5 / 127 + Math.pow(2, -11) + Math.pow(2, -8));
            assertThat(Math.abs(found[i] - expected[i])).isLessThanOrEqualTo((float) most);
          }
        }
      }
    }
  }

  @Test
  void normsStayFloat32AndATiedHeadIsLeftOut() throws IOException {
    Path model = TinyChatModel.write(folder.resolve("tiny-chat"), 1);
    Path gguf = folder.resolve("new/model.gguf");
    GgufExport.run(model, gguf, GgufWeights.Q8_0, SILENT);
    try (GgufFile file = GgufFile.open(gguf)) {
      assertThat(file.tensors().get("blk.0.attn_norm.weight").type()).isEqualTo(GgmlType.F32);
      assertThat(file.tensors().get("token_embd.weight").type()).isEqualTo(GgmlType.Q8_0);
      assertThat(file.tensors()).doesNotContainKey("output.weight").hasSize(20);
      GgufMetadata metadata = file.metadata();
      assertThat(metadata.text("general.name")).isEqualTo("tiny-chat");
      assertThat(metadata.whole("general.file_type", 0, 99)).isEqualTo(7);
      assertThat(metadata.text("tokenizer.chat_template"))
          .isEqualTo(ChatTemplate.source(model).orElseThrow());
    }
    assertThat(namesIn(folder.resolve("new"))).containsExactly("model.gguf");
  }

  static Iterable<Map.Entry<String, Consumer<Path>>> foldersNotExported() {
    Map<String, Consumer<Path>> faults = new LinkedHashMap<>();
    faults.put("model_type 'gpt2'", config(json -> json.put("model_type", "gpt2")));
    faults.put("hidden_act 'gelu'", config(json -> json.put("hidden_act", "gelu")));
    faults.put("sliding_window 8", config(json -> mistral(json, 8)));
    faults.put("a quantization_config", config(json -> json.putObject("quantization_config")));
    faults.put("rotary scaling 'yarn'", config(json -> rotary(json).put("rope_type", "yarn")));
    faults.put("vocab_size (missing)", config(json -> json.remove("vocab_size")));
    faults.put("vocab_size '-1'", config(json -> json.put("vocab_size", -1)));
    faults.put("shape [199, 32], but", config(json -> json.put("vocab_size", 200)));
    faults.put(
        "no tensor 'model.layers.2.", config(json -> json.put("num_hidden_layers", 1 << 24)));
    faults.put(
        "tensor 'model.layers.1.input_layernorm.weight', which is not understood",
        config(json -> json.put("num_hidden_layers", 1)));
    faults.put(
        "by the pre_tokenizer '{\"type\":\"Metaspace\"}'",
        tokenizer(json -> json.putObject("pre_tokenizer").put("type", "Metaspace")));
    faults.put(
        "by the normalizer 'Lowercase'",
        tokenizer(json -> json.putObject("normalizer").put("type", "Lowercase")));
    faults.put("type 'Unigram'", tokenizer(json -> model(json).put("type", "Unigram")));
    faults.put("ignore_merges true", tokenizer(json -> model(json).put("ignore_merges", true)));
    faults.put("merges '\"b a\"'", tokenizer(json -> model(json).putArray("merges").add("b a")));
    faults.put("token 'z' the id '199'", tokenizer(json -> vocabulary(json).put("z", 199)));
    faults.put("id 0 twice", tokenizer(json -> vocabulary(json).put("z", 0)));
    faults.put(
        "sets lstrip for the token '<end>'",
        tokenizer(json -> ((ObjectNode) json.at("/added_tokens/0")).put("lstrip", true)));
    faults.put(
        "by 'BertProcessing'",
        tokenizer(json -> json.putObject("post_processor").put("type", "BertProcessing")));
    faults.put(
        "'no such' as eos_token",
        path ->
            FolderFixture.change(
                path, "tokenizer_config.json", json -> json.put("eos_token", "no such")));
    return faults.entrySet();
  }

  @ParameterizedTest
  @MethodSource("foldersNotExported")
  void whatGgufCannotSayFailsByNameAndLeavesNothing(Map.Entry<String, Consumer<Path>> fault)
      throws IOException {
    Path model = FolderFixture.write(folder.resolve("model"), "qwen2");
    fault.getValue().accept(model);
    assertThatThrownBy(
            () -> GgufExport.run(model, folder.resolve("x.gguf"), GgufWeights.F16, SILENT))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining(model.toString())
        .hasMessageContaining(fault.getKey());
    assertThat(namesIn(folder)).containsExactly("model");
  }

  @Test
  void aNumberThatTheFormatCannotHoldIsNamed() throws IOException {
    Path model = FolderFixture.write(folder.resolve("model"), "qwen2");
    for (float bad : new float[] {70_000, Float.NaN, Float.NEGATIVE_INFINITY}) {
      spoil(model, "model.layers.1.mlp.up_proj.weight", bad);
      assertThatThrownBy(
              () -> GgufExport.run(model, folder.resolve("x.gguf"), GgufWeights.F16, SILENT))
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("up_proj.weight holds " + bad + ", but F16 holds");
    }
    assertThat(namesIn(folder)).containsExactly("model");
  }

  @Test
  void aFileThatIsThereStaysAsItIs() throws IOException {
    Path model = FolderFixture.write(folder.resolve("model"), "qwen2");
    Path mine = Files.writeString(folder.resolve("mine.gguf"), "mine");
    assertThatThrownBy(() -> GgufExport.run(model, mine, GgufWeights.F16, SILENT))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("mine.gguf exists already");
    assertThat(mine).hasContent("mine");
  }

  private Path thereAndBack(Path model, GgufWeights weights) {
    Path gguf = folder.resolve("there.gguf");
    Path back = folder.resolve("back");
    GgufExport.run(model, gguf, weights, SILENT);
    GgufImport.run(gguf, back, SILENT);
    return back;
  }

  /** Numbers pass through float32; what a family's defaults say need not be written. */
  private static void assertSameSettings(JsonNode original, JsonNode returned) {
    for (String key :
        List.of(
            "model_type",
            "hidden_size",
            "intermediate_size",
            "num_hidden_layers",
            "num_attention_heads",
            "num_key_value_heads",
            "vocab_size",
            "max_position_embeddings",
            "tie_word_embeddings",
            "rope_parameters")) {
      assertThat(returned.get(key)).as(key).isEqualTo(original.get(key));
    }
    assertThat(returned.path("attention_bias").asBoolean())
        .isEqualTo(original.path("attention_bias").asBoolean());
    assertThat(returned.path("mlp_bias").asBoolean())
        .isEqualTo(original.path("mlp_bias").asBoolean());
    assertThat((float) returned.get("rms_norm_eps").asDouble())
        .isEqualTo((float) original.get("rms_norm_eps").asDouble());
  }

  private static void spoil(Path model, String name, float value) {
    Map<String, NamedTensor> tensors = new LinkedHashMap<>();
    try (ModelFolder folder = ModelFolder.open(model)) {
      for (String tensor : folder.names()) {
        float[] values = floats(folder, tensor);
        if (tensor.equals(name)) {
          values[5] = value;
        }
        tensors.put(tensor, NamedTensor.float32(tensor, folder.required(tensor).shape(), values));
      }
    }
    SafetensorsWriter.write(
        model.resolve(ModelFolder.SINGLE_FILE), Map.of(), List.copyOf(tensors.values()));
  }

  private static float[] floats(ModelFolder folder, String name) {
    int elements = (int) folder.required(name).elements();
    float[] values = new float[elements];
    StoredFloats.of(folder, folder.required(name)).read(0, values, elements);
    return values;
  }

  private static Consumer<Path> config(Consumer<ObjectNode> change) {
    return path -> FolderFixture.change(path, "config.json", change);
  }

  private static Consumer<Path> tokenizer(Consumer<ObjectNode> change) {
    return path -> FolderFixture.change(path, "tokenizer.json", change);
  }

  private static void mistral(ObjectNode config, int window) {
    config.put("model_type", "mistral").put("sliding_window", window).remove("use_sliding_window");
  }

  private static void releasedScaling(ObjectNode config) {
    rotary(config).put("rope_theta", 500_000.0).put("factor", 8.0);
    rotary(config).put("low_freq_factor", 1.0).put("high_freq_factor", 4.0);
    rotary(config).put("original_max_position_embeddings", 8_192);
  }

  private static ObjectNode rotary(ObjectNode config) {
    return (ObjectNode) config.get("rope_parameters");
  }

  private static ObjectNode model(ObjectNode tokenizer) {
    return (ObjectNode) tokenizer.get("model");
  }

  private static ObjectNode vocabulary(ObjectNode tokenizer) {
    return (ObjectNode) tokenizer.at("/model/vocab");
  }

  private static JsonNode json(Path path) throws IOException {
    return new ObjectMapper().readTree(path.toFile());
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
