package io.arete.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.arete.engine.HostileFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an index of shards says, only files beside it are opened, and all it names is there. */
@Tag("fuzz")
class ModelFolderFuzzTest {

  /** Header and index as text and as entries; the parser's own buffers. */
  private static final HostileFiles.Heap HEAP = new HostileFiles.Heap(128, 1 << 20);

  @TempDir static Path folder;

  @MethodSource("seeds")
  @DictionaryEntries({
    "\"weight_map\"",
    "model-00001-of-00002.safetensors",
    "../",
    ".safetensors",
    "\"metadata\":{",
    "a.weight",
    "\":{\""
  })
  @FuzzTest(maxDuration = "2m")
  void anIndexNamesWhatIsThere(byte[] drawn) {
    List<byte[]> pieces = HostileFiles.pieces(drawn, 2);
    byte[] shard = LooseSafetensors.file(pieces.get(1));
    HostileFiles.overwrite(folder.resolve(ModelFolder.INDEX_FILE), pieces.get(0));
    HostileFiles.overwrite(folder.resolve("model-00001-of-00002.safetensors"), shard);
    HostileFiles.judge(pieces.get(0).length + shard.length, HEAP, ModelFolderFuzzTest::read);
  }

  private static void read() {
    try (ModelFolder model = ModelFolder.open(folder)) {
      for (String name : model.names()) {
        assertThat(model.map(name)).hasSizeLessThan(2);
      }
    }
  }

  static Stream<byte[]> seeds() throws IOException {
    Path path = Files.createTempFile("seed", ".safetensors");
    SafetensorsWriter.write(
        path,
        Map.of(),
        List.of(
            NamedTensor.float32("a.weight", List.of(2L), new float[2]),
            NamedTensor.float32("b.weight", List.of(1L), new float[1])));
    byte[] shard = Files.readAllBytes(path);
    Files.delete(path);
    String index =
        """
        {"metadata": {"total_size": 12}, "weight_map": {
         "a.weight": "model-00001-of-00002.safetensors",
         "b.weight": "model-00001-of-00002.safetensors"}}
        """;
    byte[] json = index.getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        HostileFiles.joined(json, shard), HostileFiles.joined(json, LooseSafetensors.loose(shard)));
  }
}
