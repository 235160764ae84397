package io.arete.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.GoldenFiles;
import io.arete.engine.Quoted;
import io.arete.engine.disk.FullDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path path = folder.resolve("w.safetensors");
    List<NamedTensor> tensors =
        List.of(
            NamedTensor.float32("b", List.of(2L, 2L), new float[] {1, 2, 3, 4}),
            NamedTensor.of(
                "a", StoredDtype.U8, List.of(3L), List.of(ByteBuffer.wrap(new byte[] {7, 8, 9}))),
            NamedTensor.float32("scalar", List.of(), new float[] {5}),
            NamedTensor.of("none", StoredDtype.I64, List.of(0L, 4L), List.of()));
    SafetensorsWriter.write(path, Map.of("format", "pt"), tensors);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.metadata()).containsExactly(Map.entry("format", "pt"));
      assertThat(file.entries().keySet()).containsExactly("a", "b", "none", "scalar");
      ByteBuffer b = file.map(file.entries().get("b")).get(0);
      assertThat(List.of(b.getFloat(0), b.getFloat(12))).containsExactly(1f, 4f);
      assertThat(file.map(file.entries().get("a")).get(0).get(2)).isEqualTo((byte) 9);
      assertThat(file.entries().get("scalar").shape()).isEmpty();
      assertThat(file.map(file.entries().get("none"))).isEmpty();
      // torch refuses a tensor that is not aligned to its elements.
      assertThat(file.entries().values())
          .allMatch(entry -> entry.offset() % entry.dtype().bytesPerElement() == 0);
    }
    assertThat(ByteBuffer.wrap(Files.readAllBytes(path)).get(0) % 8).isZero();
    assertThat(namesIn(folder)).containsExactly("w.safetensors");
  }

  @Test
  void aModelOfTransformersCopiedThroughHereIsByteEqual() throws IOException {
    Path original = GoldenFiles.path("llama/model.safetensors");
    Path copy = folder.resolve("copy.safetensors");
    try (SafetensorsFile file = SafetensorsFile.open(original)) {
      List<NamedTensor> tensors = new ArrayList<>();
      file.entries()
          .values()
          .forEach(
              entry ->
                  tensors.add(
                      NamedTensor.of(entry.name(), entry.dtype(), entry.shape(), file.map(entry))));
      SafetensorsWriter.write(copy, file.metadata(), tensors);
    }
    assertThat(copy).hasSameBinaryContentAs(original);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsNamedWithTheBytesNeededAndLeavesTheOldFile() throws IOException {
    Path path = Files.writeString(folder.resolve("w.safetensors"), "old");
    FullDevice.standIn(folder.resolve(".w.safetensors.partial"));
    NamedTensor tensor = NamedTensor.float32("x", List.of(4L), new float[4]);
    assertThatThrownBy(() -> SafetensorsWriter.write(path, Map.of(), List.of(tensor)))
        .isInstanceOf(AreteException.class)
        .hasMessage(
            "no space is left on the disk to write %s, which needs 80 bytes; free some and start"
                + " again",
            path);
    assertThat(path).hasContent("old");
    assertThat(namesIn(folder)).containsExactly("w.safetensors");
  }

  @Test
  void aMissingFolderIsNamed() {
    Path path = folder.resolve("none/w.safetensors");
    assertThatThrownBy(() -> SafetensorsWriter.write(path, Map.of(), List.of()))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void tensorsThatContradictThemselvesAreNotWritten() throws IOException {
    Path path = folder.resolve("w.safetensors");
    NamedTensor one = NamedTensor.float32("x", List.of(1L), new float[] {1});
    NamedTensor tooShort = NamedTensor.float32("y", List.of(2L), new float[] {1});
    NamedTensor tooLong = NamedTensor.float32("y", List.of(2L), new float[] {1, 2, 3});
    for (List<NamedTensor> tensors :
        List.of(List.of(one, one), List.of(tooShort), List.of(tooLong))) {
      assertThatThrownBy(() -> SafetensorsWriter.write(path, Map.of(), tensors))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> NamedTensor.float32("x", List.of(-1L), new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(namesIn(folder)).isEmpty();
  }

  @Test
  void namesOfAnyScriptSurvive() {
    Path path = folder.resolve("w.safetensors");
    String name = "ἀρετή \"quoted\" \u0001 🙂";
    SafetensorsWriter.write(
        path, Map.of(), List.of(NamedTensor.float32(name, List.of(1L), new float[] {1})));
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.entries().keySet()).containsExactly(name);
    }
    assertThat(Quoted.of(name).getBytes(StandardCharsets.UTF_8)).doesNotContain(1);
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
