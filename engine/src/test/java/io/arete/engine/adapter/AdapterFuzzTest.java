package io.arete.engine.adapter;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.arete.engine.GoldenFiles;
import io.arete.engine.HostileFiles;
import io.arete.engine.checkpoint.LooseSafetensors;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.model.ModelConfigReader;
import io.arete.engine.nn.Projection;
import io.arete.engine.tensor.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an adapter's folder holds, it fits the model or is refused. */
@Tag("fuzz")
class AdapterFuzzTest {

  /** Header and settings as text and as trees; names and shapes of what the settings ask for. */
  private static final HostileFiles.Heap HEAP = new HostileFiles.Heap(128, 4 << 20);

  private static final ModelConfig LLAMA = ModelConfigReader.read(GoldenFiles.path("llama"));
  private static final ModelConfig GPT2 = ModelConfigReader.read(GoldenFiles.path("gpt2"));

  @TempDir static Path folder;

  @BeforeAll
  static void loadNativeCode() {
    AdapterFiles.read(GoldenFiles.path("lora-llama"), LLAMA, Device.CPU).close();
  }

  @MethodSource("seeds")
  @DictionaryEntries({
    "\"r\": 1",
    "\"lora_alpha\": 8",
    "\"use_rslora\": true",
    "\"target_modules\": \"all-linear\"",
    "\"target_modules\": [\"q_proj\"]",
    "base_model.model.score.weight",
    ".lora_A.weight\":{",
    "\"dtype\":\"BF16\"",
    "\"dtype\":\"F16\"",
    "\"dtype\":\"U8\"",
    "\"shape\":[1,32]",
    "\"data_offsets\":[0,",
    "1e999",
    "-1"
  })
  @FuzzTest(maxDuration = "4m")
  void anAdapterFitsOrIsRefused(byte[] drawn) {
    List<byte[]> pieces = HostileFiles.pieces(drawn, 2);
    byte[] weights = LooseSafetensors.file(pieces.get(1));
    HostileFiles.overwrite(folder.resolve("adapter_config.json"), pieces.get(0));
    HostileFiles.overwrite(folder.resolve("adapter_model.safetensors"), weights);
    long given = pieces.get(0).length + weights.length;
    for (ModelConfig model : List.of(LLAMA, GPT2)) {
      HostileFiles.judge(
          given,
          HEAP,
          () -> {
            AdapterFiles.base(folder);
            AdapterFiles.read(folder, model, Device.CPU).close();
          });
    }
  }

  static Stream<byte[]> seeds() throws IOException {
    Path small = Files.createTempDirectory("seed");
    try (Adapter adapter =
        Adapter.zeros(LoraConfig.of(1, 8, 0, Set.of(Projection.Q)), LLAMA, 1, Device.CPU)) {
      AdapterFiles.write(small, adapter, "base");
    }
    Stream.Builder<byte[]> seeds = Stream.builder();
    for (Path one : List.of(small, GoldenFiles.path("lora-llama"), GoldenFiles.path("lora-gpt2"))) {
      byte[] config = Files.readAllBytes(one.resolve("adapter_config.json"));
      byte[] weights = Files.readAllBytes(one.resolve("adapter_model.safetensors"));
      seeds.add(HostileFiles.joined(config, weights));
      seeds.add(HostileFiles.joined(config, LooseSafetensors.loose(weights)));
    }
    return seeds.build();
  }
}
