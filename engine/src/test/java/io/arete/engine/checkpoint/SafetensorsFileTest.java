package io.arete.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.GoldenFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsFileTest {

  @TempDir Path folder;

  static List<Path> filesOfOtherPrograms() throws IOException {
    try (Stream<Path> files = Files.walk(GoldenFiles.path("."))) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("filesOfOtherPrograms")
  void filesOfOtherProgramsOpenAndMap(Path path) {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.entries()).isNotEmpty();
      file.entries()
          .values()
          .forEach(
              entry ->
                  assertThat(file.map(entry).stream().mapToLong(ByteBuffer::remaining).sum())
                      .isEqualTo(entry.bytes()));
    }
  }

  @Test
  void whatIsReadIntoMemoryIsWhatIsMapped() {
    try (SafetensorsFile file = SafetensorsFile.open(GoldenFiles.path("llama/model.safetensors"))) {
      TensorEntry norm = file.entries().get("model.norm.weight");
      byte[] first = new byte[5];
      byte[] rest = new byte[(int) norm.bytes() - first.length];
      file.read(norm, List.of(ByteBuffer.wrap(first), ByteBuffer.wrap(rest)));
      ByteBuffer joined = ByteBuffer.allocate((int) norm.bytes()).put(first).put(rest).flip();
      assertThat(joined).isEqualTo(file.map(norm).get(0));
      assertThatThrownBy(() -> file.read(norm, List.of(ByteBuffer.wrap(first))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aModelOfTransformersHasItsNamesShapesAndMetadata() {
    try (SafetensorsFile file = SafetensorsFile.open(GoldenFiles.path("llama/model.safetensors"))) {
      assertThat(file.metadata()).containsEntry("format", "pt");
      assertThat(file.entries().firstKey()).isEqualTo("lm_head.weight");
      TensorEntry norm = file.entries().get("model.norm.weight");
      assertThat(norm.dtype()).isEqualTo(StoredDtype.F32);
      assertThat(norm.shape()).hasSize(1);
      assertThat(file.map(norm)).hasSize(1).allMatch(ByteBuffer::isReadOnly);
    }
  }

  @Test
  void aTruncatedFileSaysWhatSizeWasExpectedAndFound() throws IOException {
    byte[] whole = Files.readAllBytes(GoldenFiles.path("llama/model.safetensors"));
    Path path = folder.resolve("model.safetensors");
    Files.write(path, java.util.Arrays.copyOf(whole, whole.length - 10));
    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(AreteException.class)
        .hasMessage(
            path
                + " is truncated: its header needs %d bytes, but %d were found; fetch it again"
                    .formatted(whole.length, whole.length - 10));
  }

  @Test
  void aFileCutInItsHeaderSaysSo() throws IOException {
    byte[] whole = Files.readAllBytes(GoldenFiles.path("llama/model.safetensors"));
    Path path = folder.resolve("model.safetensors");
    Files.write(path, java.util.Arrays.copyOf(whole, 100));
    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("is truncated: with its header of")
        .hasMessageContaining("100 were found");
    Files.write(path, new byte[3]);
    assertThatThrownBy(() -> SafetensorsFile.open(path)).hasMessageContaining("3 bytes were found");
  }

  @ParameterizedTest
  @CsvSource({
    "1152921504606846976, 1152921504606846976",
    "-1, 18446744073709551615",
    "100000001, 100000001"
  })
  void aHeaderThatClaimsTooManyBytesIsRefusedUnread(long claim, String printed) throws IOException {
    Path path = folder.resolve("big.safetensors");
    Files.write(
        path, ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(claim).array());
    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("claims " + printed + " bytes");
  }

  @Test
  void missingFilesAndFoldersAreNamed() {
    assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("none")))
        .isInstanceOf(AreteException.class)
        .hasMessageEndingWith("none does not exist; check the path");
    assertThatThrownBy(() -> SafetensorsFile.open(folder))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("is not a file");
  }

  /** Header, then what the sentence must say; the file has 8 bytes of data. */
  static List<List<String>> brokenHeaders() {
    String tensor = "'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";
    return List.of(
        List.of("", "it is not a JSON object"),
        List.of("[]", "it is not a JSON object"),
        List.of("{" + tensor, "broken header"),
        List.of("{" + tensor + "} x", "broken header"),
        List.of("{" + tensor + "} {}", "something follows"),
        List.of("{" + tensor + "," + tensor + "}", "Duplicate"),
        List.of(
            "{'x':{'dtype':'F32','dtype':'F32','shape':[2],'data_offsets':[0,8]}}", "Duplicate"),
        List.of("{'x':3}", "the value of 'x' is not a JSON object"),
        List.of("{'x':{'shape':[2],'data_offsets':[0,8]}}", "lacks its dtype"),
        List.of("{'x':{'dtype':'F32','data_offsets':[0,8]}}", "lacks its dtype, shape"),
        List.of("{'x':{'dtype':'F32','shape':[2]}}", "lacks its dtype, shape or data_offsets"),
        List.of("{'x':{'dtype':['F32'],'shape':[2],'data_offsets':[0,8]}}", "is not a string"),
        List.of("{'x':{'dtype':{'F32':1},'shape':[2],'data_offsets':[0,8]}}", "is not a string"),
        List.of("{'x':{'dtype':'F8_E4M3','shape':[8],'data_offsets':[0,8]}}", "as 'F8_E4M3'"),
        List.of("{'x':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}", "shape of tensor 'x'"),
        List.of("{'x':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}", "no integer"),
        List.of("{'x':{'dtype':'F32','shape':[[2]],'data_offsets':[0,8]}}", "no integer"),
        List.of("{'x':{'dtype':'F32','shape':[-1,-2],'data_offsets':[0,8]}}", "negative number -1"),
        List.of("{'x':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}", "cannot fill 8 bytes"),
        List.of(
            "{'x':{'dtype':'U8','shape':[4294967296,4294967296,8],'data_offsets':[0,8]}}",
            "cannot fill 8 bytes"),
        List.of(
            "{'x':{'dtype':'F64','shape':[2305843009213693953],'data_offsets':[0,8]}}",
            "cannot fill 8 bytes"),
        List.of(
            "{'x':{'dtype':'U8','shape':[99999999999999999999],'data_offsets':[0,8]}}", "range"),
        List.of("{'x':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}", "ends at byte 0"),
        List.of("{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8,8]}}", "more than 2"),
        List.of("{'x':{'dtype':'F32','shape':[2],'data_offsets':[8]}}", "are not two"),
        List.of("{'x':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}", "starts at byte"),
        List.of("{'x':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}", "its header needs"),
        List.of("{}", "its header needs"),
        List.of(
            "{'x':{'dtype':'U8','shape':[6],'data_offsets':[0,6]},"
                + "'y':{'dtype':'U8','shape':[6],'data_offsets':[2,8]}}",
            "'y' starts at byte"),
        List.of(
            "{'x':{'dtype':'U8','shape':[9223372036854775807],"
                + "'data_offsets':[0,9223372036854775807]}}",
            "ends at byte 9223372036854775807"),
        List.of("{'__metadata__':{'a':1}," + tensor + "}", "metadata value of 'a'"),
        List.of("{'" + "n".repeat(5_000) + "':{}}", "broken header"),
        List.of("{'x':{'extra':" + "[".repeat(10_000), "broken header"),
        List.of("{'x':{'dtype':'F32','shape':[" + "1,".repeat(40) + "2]}}", "more than 32"));
  }

  @ParameterizedTest
  @MethodSource("brokenHeaders")
  void aBrokenHeaderFailsInOneSentence(List<String> headerAndFault) throws IOException {
    Path path = write(headerAndFault.get(0).replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(AreteException.class)
        .hasMessageStartingWith(path.toString())
        .hasMessageContaining(headerAndFault.get(1))
        .hasMessageNotContaining("\n");
  }

  @Test
  void aHeaderThatIsNotUtf8IsRefused() throws IOException {
    byte[] header =
        "{\"x?\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
            .getBytes(StandardCharsets.UTF_8);
    header[3] = (byte) 0xC0;
    Path path = write(header);
    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("it is not UTF-8");
  }

  private Path write(byte[] header) throws IOException {
    Path path = folder.resolve("x.safetensors");
    return Files.write(
        path,
        ByteBuffer.allocate(16 + header.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header)
            .array());
  }
}
