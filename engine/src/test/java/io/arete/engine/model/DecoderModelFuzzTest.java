package io.arete.engine.model;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.arete.engine.GoldenFiles;
import io.arete.engine.HostileFiles;
import io.arete.engine.checkpoint.LooseSafetensors;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a model's folder holds, dense or in NF4, it loads whole or is refused. */
@Tag("fuzz")
class DecoderModelFuzzTest {

  /** Headers as text and as trees; names and shapes of the most layers that may be claimed. */
  private static final HostileFiles.Heap HEAP = new HostileFiles.Heap(256, 32 << 20);

  private static final String LLAMA =
      """
      {"model_type": "llama", "hidden_size": 8, "intermediate_size": 8, "num_attention_heads": 2,
       "num_key_value_heads": 1, "num_hidden_layers": 1, "vocab_size": 3,
       "max_position_embeddings": 8, "tie_word_embeddings": true}
      """;

  private static final String GPT2 =
      """
      {"model_type": "gpt2", "n_embd": 2, "n_head": 1, "n_layer": 1, "n_inner": 2, "vocab_size": 2,
       "n_positions": 2}
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void loadNativeCode() {
    DecoderModel.load(GoldenFiles.path("llama"), BaseForm.NF4, Dtype.FLOAT32, Device.CPU).close();
  }

  @MethodSource("seeds")
  @DictionaryEntries({
    "\"tie_word_embeddings\": false",
    "\"attention_bias\": true",
    "\"quantization_config\": {\"load_in_4bit\": true, \"bnb_4bit_quant_type\": \"nf4\"}",
    "\"model_type\": \"qwen3\"",
    "\"num_hidden_layers\": 0",
    "lm_head.weight",
    "self_attn.q_norm.weight",
    ".weight.absmax",
    ".weight.quant_map",
    ".weight.nested_absmax",
    ".weight.quant_state.bitsandbytes__nf4",
    "\"blocksize\": 64",
    "\"shape\": [8, 8]",
    "\"nested_offset\": 0.5",
    "\"dtype\":\"U8\"",
    "\"dtype\":\"F64\"",
    "\"dtype\":\"BF16\"",
    "\"data_offsets\":["
  })
  @FuzzTest(maxDuration = "5m")
  void aModelLoadsWholeOrNot(byte[] drawn) {
    List<byte[]> pieces = HostileFiles.pieces(drawn, 2);
    byte[] weights = LooseSafetensors.file(pieces.get(1));
    HostileFiles.overwrite(folder.resolve("config.json"), pieces.get(0));
    HostileFiles.overwrite(folder.resolve("model.safetensors"), weights);
    long given = pieces.get(0).length + weights.length;
    BaseForm form = drawn.length % 4 == 0 ? BaseForm.NF4 : BaseForm.DENSE;
    HostileFiles.judge(
        given, HEAP, () -> DecoderModel.load(folder, form, Dtype.FLOAT32, Device.CPU).close());
  }

  static Stream<byte[]> seeds() throws IOException {
    Stream.Builder<byte[]> seeds = Stream.builder();
    Path root = Files.createTempDirectory("seeds");
    Path llama = write(root.resolve("llama"), LLAMA);
    Path nested = Files.createDirectories(root.resolve("nested"));
    Nf4Writer.write(llama, nested, BaseForm.NF4, (done, all) -> {});
    Path single = Files.createDirectories(root.resolve("single"));
    Nf4Writer.write(llama, single, BaseForm.NF4_SINGLE, (done, all) -> {});
    for (Path one : List.of(llama, write(root.resolve("gpt2"), GPT2), nested, single)) {
      byte[] config = Files.readAllBytes(one.resolve("config.json"));
      byte[] weights = Files.readAllBytes(one.resolve("model.safetensors"));
      seeds.add(HostileFiles.joined(config, weights));
      seeds.add(HostileFiles.joined(config, LooseSafetensors.loose(weights)));
    }
    return seeds.build();
  }

  /** A folder with what the settings ask for; all weights are a half. */
  private static Path write(Path target, String config) throws IOException {
    Files.createDirectories(target);
    Files.write(target.resolve("config.json"), config.getBytes(StandardCharsets.UTF_8));
    List<NamedTensor> tensors = new ArrayList<>();
    new WeightShapes(ModelConfigReader.read(target))
        .all()
        .forEach(
            (name, shape) -> {
              long elements = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
              float[] values = new float[(int) elements];
              Arrays.fill(values, 0.5f);
              List<Long> dimensions = Arrays.stream(shape).boxed().toList();
              tensors.add(NamedTensor.float32(name, dimensions, values));
            });
    SafetensorsWriter.write(target.resolve("model.safetensors"), Map.of(), tensors);
    return target;
  }
}
