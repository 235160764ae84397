package io.arete.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufFileTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void metadataAndTensorsOfBothVersionsAreRead(int version) throws IOException {
    Path path =
        write(
            new GgufBuilder()
                .version(version)
                .text("name", "ἀρετή")
                .uint32("big", -1)
                .float32("real", 0.5f)
                .flag("yes", true)
                .texts("list", List.of("a", "b"))
                .int32s("numbers", List.of(-1, 2))
                .tensor("first", List.of(2L, 3L), 1, 2, 3, 4, 5, 6)
                .tensor("second", 8, List.of(1L, 32L), new byte[34])
                .bytes());
    try (GgufFile file = GgufFile.open(path)) {
      GgufMetadata metadata = file.metadata();
      assertThat(metadata.text("name")).isEqualTo("ἀρετή");
      assertThat(metadata.whole("big", 0, Long.MAX_VALUE)).isEqualTo(4_294_967_295L);
      assertThat(metadata.positive("real", 1)).isEqualTo(0.5);
      assertThat(metadata.flag("yes", false)).isTrue();
      assertThat(metadata.texts("list")).containsExactly("a", "b");
      assertThat(metadata.wholes("numbers")).containsExactly(-1L, 2L);
      assertThat(file.tensors().keySet()).containsExactly("first", "second");
      GgufTensor first = file.tensors().get("first");
      assertThat(first.shape()).containsExactly(2L, 3L);
      assertThat(file.read(first, 20, 4).getFloat()).isEqualTo(6f);
      assertThat(file.tensors().get("second").elements()).isEqualTo(32);
      assertThatThrownBy(() -> file.read(first, 20, 5))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aSettingOfAnotherTypeOrRangeIsNamedWithWhatIsAllowed() throws IOException {
    Path path = write(new GgufBuilder().text("name", "x").uint32("count", 7).bytes());
    try (GgufFile file = GgufFile.open(path)) {
      GgufMetadata metadata = file.metadata();
      assertThatThrownBy(() -> metadata.whole("count", 1, 6))
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("under the metadata count, but an integer from 1 to 6 is needed");
      for (Consumer<String> read :
          List.<Consumer<String>>of(
              metadata::texts,
              metadata::wholes,
              key -> metadata.flag(key, true),
              key -> metadata.positive(key, 1))) {
        assertThatThrownBy(() -> read.accept("name")).isInstanceOf(AreteException.class);
      }
      assertThatThrownBy(() -> metadata.text("count")).isInstanceOf(AreteException.class);
      assertThatThrownBy(() -> metadata.text("none")).hasMessageContaining("lacks the metadata");
    }
  }

  @Test
  void aTruncatedFileSaysSo() throws IOException {
    byte[] whole = new GgufBuilder().text("name", "x").tensor("t", List.of(4L), 1, 2, 3, 4).bytes();
    for (int length : List.of(0, 3, 10, 30, 60, whole.length - 1)) {
      Path path = write(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> GgufFile.open(path))
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("is truncated")
          .hasMessageContaining("the file has " + length);
    }
  }

  static Map<String, byte[]> hostile() {
    Map<String, byte[]> files = new java.util.LinkedHashMap<>();
    files.put(
        "does not start with GGUF",
        "PK\3\4............".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    files.put("GGUF version 1,", new GgufBuilder().version(1).bytes());
    files.put("GGUF version 50331648,", new GgufBuilder().version(3 << 24).bytes());
    files.put("'k' is there twice", new GgufBuilder().text("k", "").text("k", "").bytes());
    files.put("unknown type 99", new GgufBuilder().raw("k", 99, out -> {}).bytes());
    files.put("truth value 2", new GgufBuilder().raw("k", 7, out -> out.write(2)).bytes());
    files.put(
        "the length of metadata 'k' is 9223372036854775807",
        new GgufBuilder().raw("k", 8, out -> GgufBuilder.int64(out, Long.MAX_VALUE)).bytes());
    files.put(
        "is 18446744073709551615, but at most",
        new GgufBuilder().raw("k", 9, out -> array(out, 0, -1)).bytes());
    files.put(
        "metadata 'k' is not UTF-8",
        new GgufBuilder()
            .raw(
                "k",
                8,
                out -> {
                  GgufBuilder.int64(out, 1);
                  out.write(0xFF);
                })
            .bytes());
    files.put(
        "nests arrays deeper than 4",
        new GgufBuilder()
            .raw(
                "k",
                9,
                out -> {
                  for (int i = 0; i < 10_000; i++) {
                    array(out, 9, 1);
                  }
                })
            .bytes());
    files.put(
        "has 5 dimensions", new GgufBuilder().info("t", 0, List.of(1L, 1L, 1L, 1L, 1L), 0).bytes());
    files.put(
        "cannot have the shape [4294967296, 4294967296]",
        new GgufBuilder().info("t", 0, List.of(1L << 32, 1L << 32), 0).bytes());
    files.put(
        "cannot have the shape [4611686018427387904]",
        new GgufBuilder().info("t", 0, List.of(1L << 62), 0).bytes());
    files.put(
        "cannot have the shape [31] as Q8_0",
        new GgufBuilder().info("t", 8, List.of(31L), 0).bytes());
    files.put(
        "as Q2_K, which is not read", new GgufBuilder().info("t", 10, List.of(256L), 0).bytes());
    files.put("as number 77, which", new GgufBuilder().info("t", 77, List.of(1L), 0).bytes());
    files.put("no multiple of 32", new GgufBuilder().info("t", 0, List.of(1L), 4).bytes());
    files.put(
        "is truncated: tensor 't' of 4 bytes",
        new GgufBuilder().info("t", 0, List.of(1L), Long.MAX_VALUE - 31).bytes());
    files.put("no power of two", new GgufBuilder().uint32("general.alignment", 24).bytes());
    files.put(
        "under the metadata general.alignment",
        new GgufBuilder().uint32("general.alignment", 0).bytes());
    files.put(
        "'u' overlaps",
        new GgufBuilder()
            .tensor("t", List.of(16L), new float[16])
            .info("u", 0, List.of(8L), 32)
            .bytes());
    files.put(
        "tensor 't' is there twice",
        new GgufBuilder().tensor("t", List.of(1L), 1).tensor("t", List.of(1L), 1).bytes());
    return files;
  }

  static Iterable<Map.Entry<String, byte[]>> hostileFiles() {
    return hostile().entrySet();
  }

  @ParameterizedTest
  @MethodSource("hostileFiles")
  void aHostileFileFailsInOneSentence(Map.Entry<String, byte[]> faultAndFile) throws IOException {
    Path path = write(faultAndFile.getValue());
    assertThatThrownBy(() -> GgufFile.open(path))
        .isInstanceOf(AreteException.class)
        .hasMessageStartingWith(path.toString())
        .hasMessageContaining(faultAndFile.getKey());
  }

  private static void array(ByteArrayOutputStream out, int type, long count) {
    GgufBuilder.int32(out, type);
    GgufBuilder.int64(out, count);
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("x.gguf"), content);
  }
}
