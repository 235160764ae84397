package io.arete.engine.model;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.arete.engine.GoldenFiles;
import io.arete.engine.HostileFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a config.json says, it is a model of a known form or refused. */
@Tag("fuzz")
class ModelConfigFuzzTest {

  /** The JSON as a tree, twice; the names of all weights of the most layers that may be claimed. */
  private static final HostileFiles.Heap HEAP = new HostileFiles.Heap(256, 32 << 20);

  @TempDir static Path folder;

  @MethodSource("seeds")
  @DictionaryEntries({
    "\"model_type\": \"llama\"",
    "\"model_type\": \"mistral\"",
    "\"model_type\": \"qwen2\"",
    "\"model_type\": \"qwen3\"",
    "\"model_type\": \"gpt2\"",
    "\"model_type\": \"gpt_neox\"",
    "\"quantization_config\": {\"load_in_4bit\": true, \"bnb_4bit_quant_type\": \"nf4\"}",
    "\"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 8.0}",
    "\"rope_parameters\": {",
    "\"layer_types\": [\"full_attention\"]",
    "\"sliding_window\": 4",
    "\"head_dim\": 8",
    "\"partial_rotary_factor\": 0.5",
    "18446744073709551617",
    "1e999",
    "-1",
    "null"
  })
  @FuzzTest(maxDuration = "3m")
  void aModelOfAKnownFormOrNone(byte[] config) {
    HostileFiles.overwrite(folder.resolve("config.json"), config);
    HostileFiles.judge(config.length, HEAP, ModelConfigFuzzTest::read);
  }

  private static void read() {
    ModelConfig config = ModelConfigReader.read(folder);
    new WeightShapes(config).all();
    if (QuantizationConfig.saysNf4(folder)) {
      QuantizationConfig.requireComputed(config, folder);
    }
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "llama",
            "llama3",
            "llama_linear",
            "mistral",
            "qwen2",
            "qwen3",
            "gpt2",
            "gpt_neox",
            "nf4-llama/double")
        .map(
            name -> {
              try {
                return Files.readAllBytes(GoldenFiles.path(name).resolve("config.json"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }
}
