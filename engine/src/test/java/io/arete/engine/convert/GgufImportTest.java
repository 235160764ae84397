package io.arete.engine.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.text.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GgufImportTest {

  private static final ConversionProgress SILENT = (name, done, total) -> {};

  @TempDir Path folder;

  @Test
  void allTensorsArriveAndRotaryRowsAreBackInOrder() throws IOException {
    List<Long> done = new ArrayList<>();
    Path out = folder.resolve("new/out");
    GgufImport.run(
        write(new TinyLlamaGguf()),
        out,
        (name, bytesDone, bytesTotal) -> {
          done.add(bytesDone);
          assertThat(bytesDone).isLessThanOrEqualTo(bytesTotal);
        });
    try (ModelFolder model = ModelFolder.open(out)) {
      assertThat(model.names()).hasSize(11).doesNotContain("lm_head.weight");
      assertThat(firstOfEachRow(model, "model.layers.0.self_attn.q_proj.weight"))
          .containsExactly(0f, 2f, 1f, 3f, 4f, 6f, 5f, 7f);
      assertThat(firstOfEachRow(model, "model.layers.0.self_attn.k_proj.weight"))
          .containsExactly(0f, 2f, 1f, 3f);
      assertThat(firstOfEachRow(model, "model.layers.0.self_attn.v_proj.weight"))
          .containsExactly(0f, 1f, 2f, 3f);
      assertThat(firstOfEachRow(model, "model.layers.0.mlp.down_proj.weight"))
          .containsExactly(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f);
    }
    assertThat(done).hasSize(11).isSorted();
    assertThat(namesIn(folder.resolve("new"))).containsExactly("out");
    assertThat(namesIn(out))
        .containsExactlyInAnyOrder(
            "config.json",
            "generation_config.json",
            "model.safetensors",
            "tokenizer.json",
            "tokenizer_config.json");
  }

  @Test
  void theConfigurationSaysWhatTheFileSays() throws IOException {
    Path out = folder.resolve("out");
    GgufImport.run(write(new TinyLlamaGguf().tensor("output.weight", 6, 8)), out, SILENT);
    JsonNode config = json(out.resolve("config.json"));
    assertThat(config.get("model_type").asText()).isEqualTo("llama");
    assertThat(config.get("hidden_size").asInt()).isEqualTo(8);
    assertThat(config.get("head_dim").asInt()).isEqualTo(4);
    assertThat(config.get("vocab_size").asInt()).isEqualTo(6);
    assertThat(config.get("rms_norm_eps").asDouble()).isEqualTo(0.5);
    assertThat(config.get("rope_theta").asDouble()).isEqualTo(10_000.0);
    assertThat(config.get("rope_parameters").get("rope_theta").asDouble()).isEqualTo(10_000.0);
    assertThat(config.get("tie_word_embeddings").asBoolean()).isFalse();
    assertThat(config.get("eos_token_id").asInt()).isZero();
    assertThat(config.has("bos_token_id")).isFalse();
    assertThat(json(out.resolve("generation_config.json")).get("eos_token_id").asInt()).isZero();
    try (ModelFolder model = ModelFolder.open(out)) {
      assertThat(model.names()).contains("lm_head.weight");
    }
  }

  @Test
  void theTokenizerIsRebuilt() throws IOException {
    Path out = folder.resolve("out");
    GgufImport.run(write(new TinyLlamaGguf()), out, SILENT);
    JsonNode tokenizer = json(out.resolve("tokenizer.json"));
    assertThat(tokenizer.get("added_tokens")).hasSize(2);
    assertThat(tokenizer.at("/added_tokens/0/special").asBoolean()).isTrue();
    assertThat(tokenizer.at("/added_tokens/1/content").asText()).isEqualTo("<tool>");
    assertThat(tokenizer.at("/added_tokens/1/special").asBoolean()).isFalse();
    assertThat(tokenizer.at("/pre_tokenizer/pretokenizers/0/type").asText()).isEqualTo("Digits");
    assertThat(tokenizer.at("/model/vocab/ab").asInt()).isEqualTo(3);
    assertThat(tokenizer.at("/model/merges/0").toString()).isEqualTo("[\"a\",\"b\"]");
    JsonNode config = json(out.resolve("tokenizer_config.json"));
    assertThat(config.get("chat_template").asText()).isEqualTo("{{ messages }}");
    assertThat(config.get("eos_token").asText()).isEqualTo("<end>");
    assertThat(config.has("bos_token")).isFalse();
    Path plain = folder.resolve("plain");
    GgufImport.run(write(new TinyLlamaGguf().text("tokenizer.ggml.pre", "gpt-2")), plain, SILENT);
    assertThat(json(plain.resolve("tokenizer.json")).at("/pre_tokenizer/pretokenizers")).hasSize(1);
  }

  @Test
  void theRotaryScalingOfLlama3AndTheLinearOneBecomeSettings() throws IOException {
    // Width 4: frequencies 1 and 1/100, wavelengths 6.3 (kept) and 628 (kept), as 8192 / 4 says.
    Path kept = imported("kept", tiny().floats("rope_freqs.weight", 1, 1));
    assertThat(json(kept.resolve("config.json")).at("/rope_parameters/rope_type").asText())
        .isEqualTo("llama3");
    // Base 1e9: the second wavelength is 198,692, longer than 8192, and divided by the factor.
    Path long32 =
        imported(
            "long",
            tiny().float32("llama.rope.freq_base", 1e9f).floats("rope_freqs.weight", 1, 32));
    JsonNode scaling = json(long32.resolve("config.json")).get("rope_scaling");
    assertThat(scaling.toString())
        .isEqualTo(
            "{\"rope_type\":\"llama3\",\"factor\":32.0,\"low_freq_factor\":1.0,"
                + "\"high_freq_factor\":4.0,\"original_max_position_embeddings\":8192}");
    Path linear =
        imported(
            "linear",
            tiny()
                .text("llama.rope.scaling.type", "linear")
                .float32("llama.rope.scaling.factor", 4));
    assertThat(json(linear.resolve("config.json")).at("/rope_parameters/factor").asDouble())
        .isEqualTo(4);
  }

  @Test
  void aTokenThatBeginsEveryTextIsPutThereByTheTokenizer() throws IOException {
    Path out =
        imported(
            "out",
            tiny()
                .text("tokenizer.ggml.pre", "llama-bpe")
                .uint32("tokenizer.ggml.bos_token_id", 0));
    JsonNode tokenizer = json(out.resolve("tokenizer.json"));
    assertThat(tokenizer.at("/post_processor/single/0/SpecialToken/id").asText())
        .isEqualTo("<end>");
    assertThat(tokenizer.at("/model/ignore_merges").asBoolean()).isTrue();
    try (Tokenizer loaded = Tokenizer.load(out)) {
      assertThat(loaded.encodeWithSpecialTokens("ab")).containsExactly(0, 3);
      assertThat(loaded.encode("ab")).containsExactly(3);
    }
  }

  @Test
  void namesThatOnlyFillUpTheEmbeddingAreNoTokens() throws IOException {
    Path out =
        imported(
            "out",
            tiny()
                .texts("tokenizer.ggml.tokens", "<end>", "a", "b", "ab", "[PAD4]", "1")
                .int32s("tokenizer.ggml.token_type", 3, 1, 1, 1, 5, 5));
    JsonNode vocabulary = json(out.resolve("tokenizer.json")).at("/model/vocab");
    assertThat(vocabulary.has("[PAD4]")).isFalse();
    assertThat(vocabulary.get("1").asInt()).isEqualTo(5);
  }

  private Path imported(String name, TinyLlamaGguf file) throws IOException {
    Path out = folder.resolve(name);
    GgufImport.run(write(file), out, SILENT);
    return out;
  }

  static Map<String, TinyLlamaGguf> notUnderstood() {
    Map<String, TinyLlamaGguf> files = new LinkedHashMap<>();
    files.put("architecture 'mamba'", tiny().text("general.architecture", "mamba"));
    files.put("setting 'llama.expert_count'", tiny().uint32("llama.expert_count", 8));
    files.put("rope_freqs.weight with other factors", tiny().tensor("rope_freqs.weight", 2));
    files.put("rope_freqs.weight of shape [3]", tiny().tensor("rope_freqs.weight", 3));
    files.put("blk.0.attn_q_norm.weight'", tiny().tensor("blk.0.attn_q_norm.weight", 4));
    files.put("scaling 'yarn'", tiny().text("llama.rope.scaling.type", "yarn"));
    files.put("norms and biases must be", tiny().q80("blk.0.ffn_gate.bias"));
    files.put("lacks the tensor blk.0.attn_v.weight", tiny().without("blk.0.attn_v.weight"));
    files.put("lacks the tensor blk.1.", tiny().uint32("llama.block_count", 1 << 24));
    files.put("shape [4, 9], but", tiny().tensor("blk.0.attn_v.weight", 4, 9));
    files.put("an integer from 1 to", tiny().uint32("llama.attention.head_count", 0));
    files.put("must be a multiple of 3", tiny().uint32("llama.attention.head_count_kv", 3));
    files.put("rope.dimension_count 2, but 4", tiny().uint32("llama.rope.dimension_count", 2));
    files.put("vocab_size 7, but 6", tiny().uint32("llama.vocab_size", 7));
    files.put("tokenizer 'llama'", tiny().text("tokenizer.ggml.model", "llama"));
    files.put("the rule 'tekken'", tiny().text("tokenizer.ggml.pre", "tekken"));
    files.put("add_eos_token, but", tiny().flag("tokenizer.ggml.add_eos_token", true));
    files.put("but names none", tiny().flag("tokenizer.ggml.add_bos_token", true));
    files.put(
        "token 'a' twice", tiny().texts("tokenizer.ggml.tokens", "e", "a", "b", "ab", "a", "1"));
    files.put("merges 'b a'", tiny().texts("tokenizer.ggml.merges", "b a"));
    files.put("merges 'ab'", tiny().texts("tokenizer.ggml.merges", "ab"));
    files.put("an integer from 0 to 5", tiny().uint32("tokenizer.ggml.eos_token_id", 6));
    files.put("lacks the metadata tokenizer.ggml.pre", tiny().without("tokenizer.ggml.pre"));
    files.put(
        "lacks llama.attention.layer_norm_rms_epsilon",
        tiny().without("llama.attention.layer_norm_rms_epsilon"));
    return files;
  }

  static Iterable<Map.Entry<String, TinyLlamaGguf>> filesNotUnderstood() {
    return notUnderstood().entrySet();
  }

  @ParameterizedTest
  @MethodSource("filesNotUnderstood")
  void whatIsNotUnderstoodFailsByNameAndLeavesNothing(Map.Entry<String, TinyLlamaGguf> faultAndFile)
      throws IOException {
    Path gguf = write(faultAndFile.getValue());
    assertThatThrownBy(() -> GgufImport.run(gguf, folder.resolve("out"), SILENT))
        .isInstanceOf(AreteException.class)
        .hasMessageStartingWith(gguf.toString())
        .hasMessageContaining(faultAndFile.getKey());
    assertThat(namesIn(folder)).containsExactly("tiny.gguf");
  }

  @Test
  void aFolderWithContentIsRefusedAndUntouched() throws IOException {
    Path gguf = write(new TinyLlamaGguf());
    Path out = Files.createDirectory(folder.resolve("out"));
    Path mine = Files.writeString(out.resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> GgufImport.run(gguf, out, SILENT))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("out is not empty");
    assertThat(namesIn(out)).containsExactly("mine.txt");
    assertThatThrownBy(() -> GgufImport.run(gguf, mine, SILENT))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("mine.txt is a file");
  }

  @Test
  void anImportBrokenOffLeavesNothingAndAKilledOneIsReplaced() throws IOException {
    Path gguf = write(new TinyLlamaGguf());
    Path out = Files.createDirectory(folder.resolve("out"));
    ConversionProgress breaksOff =
        (name, done, total) -> {
          throw new IllegalStateException("broken off");
        };
    assertThatThrownBy(() -> GgufImport.run(gguf, out, breaksOff))
        .isInstanceOf(IllegalStateException.class);
    assertThat(namesIn(folder)).containsExactlyInAnyOrder("tiny.gguf", "out");
    assertThat(namesIn(out)).isEmpty();
    Path leftByAKill = Files.createDirectory(folder.resolve(".out.partial"));
    Files.writeString(leftByAKill.resolve("model.safetensors"), "half");
    GgufImport.run(gguf, out, SILENT);
    assertThat(namesIn(folder)).containsExactlyInAnyOrder("tiny.gguf", "out");
    assertThat(namesIn(out)).hasSize(5);
  }

  private static TinyLlamaGguf tiny() {
    return new TinyLlamaGguf();
  }

  private Path write(TinyLlamaGguf model) throws IOException {
    return Files.write(folder.resolve("tiny.gguf"), model.bytes());
  }

  private static JsonNode json(Path path) throws IOException {
    return new ObjectMapper().readTree(path.toFile());
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static List<Float> firstOfEachRow(ModelFolder model, String name) {
    ByteBuffer bytes = model.map(name).get(0);
    List<Long> shape = model.required(name).shape();
    List<Float> firsts = new ArrayList<>();
    for (int row = 0; row < shape.get(0); row++) {
      int at = Math.toIntExact(row * shape.get(1) * Short.BYTES);
      firsts.add(Float.intBitsToFloat(bytes.getShort(at) << 16));
    }
    return firsts;
  }
}
