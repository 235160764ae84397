package io.arete.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.arete.engine.HostileFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a safetensors file claims, its tensors lie inside it, or it is refused. */
@Tag("fuzz")
class SafetensorsFuzzTest {

  /** The header as text and as entries; the parser's own buffers. */
  private static final HostileFiles.Heap HEAP = new HostileFiles.Heap(128, 1 << 20);

  @TempDir static Path folder;

  @MethodSource("seeds")
  @DictionaryEntries({
    "\"dtype\":\"F32\"",
    "\"dtype\":\"BF16\"",
    "\"dtype\":\"I64\"",
    "\"shape\":[",
    "\"data_offsets\":[0,",
    "\"__metadata__\":{",
    "9223372036854775807",
    "-1",
    "},",
    "\":{"
  })
  @FuzzTest(maxDuration = "3m")
  void everyTensorLiesInItsFile(byte[] drawn) {
    byte[] file = LooseSafetensors.file(drawn);
    Path path = folder.resolve("x.safetensors");
    HostileFiles.overwrite(path, file);
    HostileFiles.judge(file.length, HEAP, () -> read(path, file.length));
  }

  private static void read(Path path, long size) {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      for (TensorEntry entry : file.entries().values()) {
        assertThat(entry.offset() + entry.bytes()).isLessThanOrEqualTo(size);
        long mapped = file.map(entry).stream().mapToLong(ByteBuffer::remaining).sum();
        assertThat(mapped).isEqualTo(entry.bytes());
      }
    }
  }

  static Stream<byte[]> seeds() throws IOException {
    Path path = Files.createTempDirectory("seeds").resolve("x.safetensors");
    SafetensorsWriter.write(
        path,
        Map.of("format", "pt"),
        List.of(
            NamedTensor.float32("a.weight", List.of(2L, 3L), new float[6]),
            NamedTensor.float32("b.weight", List.of(4L), new float[4]),
            NamedTensor.float32("é", List.of(), new float[1])));
    byte[] file = Files.readAllBytes(path);
    Files.delete(path);
    Files.delete(path.getParent());
    return Stream.of(file, LooseSafetensors.loose(file));
  }
}
