package io.arete.engine.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import io.arete.engine.GoldenFiles;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.checkpoint.TensorEntry;
import io.arete.engine.model.BaseForm;
import io.arete.engine.model.Nf4Writer;
import io.arete.engine.quant.QuantState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A quantised folder has all that the model's had, and appears whole or not at all. */
class QuantisationTest {

  private static final Nf4Writer.Progress QUIET = (done, all) -> {};

  @TempDir private Path folder;
  private Path model;
  private Path out;

  @BeforeEach
  void copy() throws IOException {
    model = Files.createDirectory(folder.resolve("model"));
    out = folder.resolve("deep/out");
    for (String name : new String[] {"config.json", "model.safetensors"}) {
      Files.copy(GoldenFiles.path("llama").resolve(name), model.resolve(name));
    }
  }

  @Test
  void otherFilesAreCopiedWeightsAndHiddenOnesAreNot() throws IOException {
    for (String name :
        List.of("tokenizer.json", "templates/chat.jinja", "pytorch_model.bin", ".cache/x", ".x")) {
      Files.createDirectories(model.resolve(name).getParent());
      Files.writeString(model.resolve(name), name);
    }
    Files.createSymbolicLink(model.resolve("linked.json"), model.resolve("tokenizer.json"));

    Quantisation.run(model, out, BaseForm.NF4, QUIET);

    try (Stream<Path> files = Files.walk(out)) {
      assertThat(files.filter(Files::isRegularFile).map(out::relativize).map(Path::toString))
          .containsExactlyInAnyOrder(
              "config.json",
              "model.safetensors",
              "tokenizer.json",
              "linked.json",
              "templates/chat.jinja");
    }
    assertThat(out.resolve("linked.json")).hasContent("tokenizer.json");
  }

  @Test
  void tensorsHaveTheNamesTypesAndShapesOfBitsandbytes() throws IOException {
    Quantisation.run(model, out, BaseForm.NF4, QUIET);

    String weight = "model.layers.0.mlp.down_proj.weight";
    try (ModelFolder before = ModelFolder.open(model);
        ModelFolder after = ModelFolder.open(out)) {
      long values = before.required(weight).elements();
      check(after.required(weight), StoredDtype.U8, values / 2, 1);
      check(after.required(weight + ".absmax"), StoredDtype.U8, (values + 63) / 64);
      check(after.required(weight + ".quant_map"), StoredDtype.F32, 16);
      check(after.required(weight + ".nested_absmax"), StoredDtype.F32, 1);
      check(after.required(weight + ".nested_quant_map"), StoredDtype.F32, 256);
      assertThat(after.required(weight + ".quant_state.bitsandbytes__nf4").dtype())
          .isEqualTo(StoredDtype.U8);
      for (String name : List.of("model.embed_tokens.weight", "model.norm.weight")) {
        assertThat(after.map(name).get(0)).isEqualTo(before.map(name).get(0));
      }
    }
    JsonNode config = new ObjectMapper().readTree(out.resolve("config.json").toFile());
    assertThat(config.at("/quantization_config/load_in_4bit").asBoolean()).isTrue();
    assertThat(config.at("/quantization_config/bnb_4bit_compute_dtype").asText())
        .isEqualTo("float32");
  }

  @ParameterizedTest
  @CsvSource({"double, NF4", "single, NF4_SINGLE"})
  void everyTensorIsWhatTransformersAndBitsandbytesSave(String kind, BaseForm form) {
    Quantisation.run(GoldenFiles.path("nf4-llama/dense"), out, form, QUIET);

    try (ModelFolder theirs = ModelFolder.open(GoldenFiles.path("nf4-llama/" + kind));
        ModelFolder ours = ModelFolder.open(out)) {
      assertThat(ours.names()).isEqualTo(theirs.names());
      for (String name : theirs.names()) {
        if (name.endsWith(QuantState.SCALES) && form == BaseForm.NF4) {
          assertOneApartAtMost(bytes(ours, name), bytes(theirs, name));
        } else {
          assertThat(content(ours, name)).as(name).isEqualTo(content(theirs, name));
        }
        if (!name.endsWith(QuantState.STATE)) {
          assertThat(ours.required(name).shape()).isEqualTo(theirs.required(name).shape());
        }
      }
    }
  }

  /** The bytes; of a text, what it says. */
  private static Object content(ModelFolder folder, String name) {
    byte[] bytes = bytes(folder, name);
    return name.endsWith(QuantState.STATE)
        ? QuantState.parse(bytes, name)
        : HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(ModelFolder folder, String name) {
    byte[] bytes = new byte[(int) folder.required(name).bytes()];
    folder.map(name).get(0).get(bytes);
    return bytes;
  }

  /** bitsandbytes looks codes of scales up in a table that is not quite fine enough. */
  private static void assertOneApartAtMost(byte[] found, byte[] expected) {
    int differing = 0;
    for (int i = 0; i < expected.length; i++) {
      int difference = Math.abs((found[i] & 0xFF) - (expected[i] & 0xFF));
      assertThat(difference).isLessThan(2);
      differing += difference;
    }
    assertThat(differing).isLessThan(1 + expected.length / 20);
  }

  private static void check(TensorEntry entry, StoredDtype dtype, long... shape) {
    assertThat(entry.dtype()).as(entry.name()).isEqualTo(dtype);
    assertThat(entry.shape().stream().mapToLong(Long::longValue))
        .as(entry.name())
        .containsExactly(Arrays.stream(shape).boxed().toArray(Long[]::new));
  }

  @Test
  void progressEndsAtItsTotalAndTheSameModelGivesTheSameBytes() throws IOException {
    List<int[]> steps = new ArrayList<>();
    Quantisation.run(model, out, BaseForm.NF4, (done, all) -> steps.add(new int[] {done, all}));
    Quantisation.run(model, folder.resolve("again"), BaseForm.NF4, QUIET);

    assertThat(steps.get(steps.size() - 1)).containsExactly(steps.size(), steps.size());
    assertThat(folder.resolve("again/model.safetensors"))
        .hasSameBinaryContentAs(out.resolve("model.safetensors"));
  }

  @Test
  void aFailureLeavesNothingBehind() throws IOException {
    assertThatThrownBy(
            () ->
                Quantisation.run(
                    model,
                    out,
                    BaseForm.NF4_SINGLE,
                    (done, all) -> {
                      throw new IllegalStateException("killed");
                    }))
        .hasMessageContaining("killed");
    assertThat(out).doesNotExist();
    assertThat(out.getParent()).isEmptyDirectory();

    Files.createDirectories(out);
    Files.writeString(out.resolve("mine"), "");
    assertThatThrownBy(() -> Quantisation.run(model, out, BaseForm.NF4, QUIET))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("not empty");
    assertThatThrownBy(
            () -> Quantisation.run(folder.resolve("no"), folder.resolve("o"), BaseForm.NF4, QUIET))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("no model folder");
  }
}
