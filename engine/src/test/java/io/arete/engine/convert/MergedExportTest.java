package io.arete.engine.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.GoldenFiles;
import io.arete.engine.TinyModels;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An export with an adapter says what the export of the merged folder says, byte by byte. */
class MergedExportTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2", "qwen3"})
  void mergedOnTheWayIsMergedBefore(String family) throws IOException {
    // The file names the folder that it was made of.
    Path model = FolderFixture.write(folder.resolve("base/model"), family);
    Path adapter = adapter(model, false);
    Path merged = folder.resolve("merged/model");
    NewFolder.create(
        merged,
        target ->
            ModelMerge.write(
                model, adapter, target, Optional.of(MergedDtype.FLOAT32), (name, done, all) -> {}));
    byte[] onTheWay = export(model, Optional.of(adapter), "way.gguf");
    assertThat(onTheWay).isEqualTo(export(merged, Optional.empty(), "before.gguf"));
    assertThat(onTheWay).isNotEqualTo(export(model, Optional.empty(), "plain.gguf"));
  }

  @Test
  void aScoreHeadHasNoPlaceInTheFile() {
    Path model = FolderFixture.write(folder.resolve("model"), "llama");
    assertRefused(model, adapter(model, true), "score head");
  }

  @Test
  void anAdapterOfAnotherModelIsRefusedAndLeavesNoFile() {
    Path model = FolderFixture.write(folder.resolve("model"), "qwen3");
    assertRefused(model, GoldenFiles.path("lora-llama"), "has shape");
  }

  private void assertRefused(Path model, Path adapter, String reason) {
    Path file = folder.resolve("refused.gguf");
    assertThatThrownBy(() -> export(model, Optional.of(adapter), "refused.gguf"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining(reason);
    assertThat(file).doesNotExist();
  }

  private Path adapter(Path model, boolean withHead) {
    Path path = folder.resolve("adapter");
    try (DecoderModel base = DecoderModel.load(model, Dtype.FLOAT32, Device.CPU);
        Adapter adapter = TinyModels.adapter(base, withHead, 7)) {
      AdapterFiles.write(path, adapter, "base");
    }
    return path;
  }

  private byte[] export(Path model, Optional<Path> adapter, String name) throws IOException {
    Path file = folder.resolve(name);
    GgufExport.run(model, adapter, file, GgufWeights.F16, (tensor, done, total) -> {});
    return Files.readAllBytes(file);
  }
}
