package io.arete.engine.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.GoldenFiles;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.quant.QuantState;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A quantised folder that is damaged, or of another kind, is refused in one sentence. */
class BrokenNf4Test {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** 16 × 32 values, 8 blocks. */
  private static final String WEIGHT = "model.layers.1.self_attn.k_proj.weight";

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void quantise() {
    model = Nf4Folders.quantised(BaseForm.NF4, folder.resolve("nf4"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"quant_method\": \"gptq\", \"bits\": 4} | gptq",
        "{\"quant_method\": \"awq\", \"bits\": 4} | awq",
        "{\"quant_method\": \"bitsandbytes\", \"load_in_8bit\": true} | int8",
        "{\"quant_method\": \"bitsandbytes\"} | neither",
        "{\"load_in_4bit\": true} | fp4",
        "{\"load_in_4bit\": true, \"bnb_4bit_quant_type\": \"fp4\"} | fp4",
        "{\"load_in_4bit\": true, \"bnb_4bit_quant_type\": \"nf4\","
            + " \"bnb_4bit_quant_storage\": \"bfloat16\"} | bnb_4bit_quant_storage 'bfloat16'",
        "{\"quant_method\": \"a\\nb\"} | quant_method",
      })
  void anotherKindOfQuantisationIsNamed(String value, String named) throws IOException {
    Path file = model.resolve("config.json");
    ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
    config.set("quantization_config", JSON.readTree(value));
    JSON.writeValue(file.toFile(), config);
    assertRefused(named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        QuantState.SCALES,
        QuantState.MAP,
        QuantState.NESTED_MAXIMA,
        QuantState.NESTED_MAP,
        QuantState.STATE
      })
  void aMissingPartIsNamed(String part) {
    Nf4Folders.remove(model, WEIGHT + part);
    assertRefused(WEIGHT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        QuantState.SCALES,
        QuantState.MAP,
        QuantState.NESTED_MAXIMA,
        QuantState.NESTED_MAP
      })
  void aPartOfAnotherSizeOrTypeIsNamedWithBoth(String part) {
    Nf4Folders.replace(model, NamedTensor.float32(WEIGHT + part, List.of(5L, 1L), new float[5]));
    assertRefused(WEIGHT + part);
    assertRefused("[5, 1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quant_type | \"fp4\" | quant_type",
        "quant_type | null | quant_type",
        "blocksize | 128 | blocksize 128",
        "dtype | \"int8\" | dtype",
        "shape | [24, 32] | 24 × 32",
        "shape | [0, 32] | 0 × 32",
        "shape | [-16, -32] | -16 × -32",
        "shape | [4294967296, 4294967296] | 4294967296",
        "shape | [512] | shape",
        "shape | [1e300, 1] | shape",
        "shape | \"16\" | shape",
        "nested_blocksize | 64 | nested_blocksize 64",
        "nested_dtype | \"float16\" | nested_dtype",
        "nested_offset | \"x\" | nested_offset",
        "nested_offset | 1e60 | nested_offset",
      })
  void whatTheStateSaysIsChecked(String key, String value, String named) throws IOException {
    ObjectNode state =
        (ObjectNode)
            JSON.readTree(new QuantState("float32", 16, 32, OptionalDouble.of(0.1)).bytes());
    state.set(key, JSON.readTree(value));
    setState(JSON.writeValueAsBytes(state));
    assertRefused(named);
  }

  @Test
  void aStateThatIsNoJsonOrEndlessIsRefused() {
    for (String text : List.of("", "[]", "{", "[".repeat(4000), " ".repeat(5000), "\u0000")) {
      setState(text.getBytes(StandardCharsets.UTF_8));
      assertRefused(WEIGHT);
    }
  }

  @Test
  void numbersThatAreNoneAndAnotherCodeAreRefused() {
    Nf4Folders.replace(
        model,
        NamedTensor.float32(
            WEIGHT + QuantState.NESTED_MAXIMA, List.of(1L), new float[] {Float.NaN}));
    assertRefused("NaN");
    model = Nf4Folders.quantised(BaseForm.NF4, folder.resolve("again"));
    Nf4Folders.replace(
        model, NamedTensor.float32(WEIGHT + QuantState.MAP, List.of(16L), new float[16]));
    assertRefused("another code");
  }

  @Test
  void aGroupThatIsQuantisedInPartIsRefusedButAWholeOneMayBeDense() {
    for (String name : List.of("q_proj", "k_proj", "v_proj")) {
      String weight = WEIGHT.replace("k_proj", name);
      long rows = name.equals("q_proj") ? 32 : 16;
      for (String part :
          List.of(
              QuantState.SCALES,
              QuantState.STATE,
              QuantState.MAP,
              QuantState.NESTED_MAXIMA,
              QuantState.NESTED_MAP)) {
        Nf4Folders.remove(model, weight + part);
      }
      Nf4Folders.replace(
          model, NamedTensor.float32(weight, List.of(rows, 32L), new float[(int) rows * 32]));
      if (!name.equals("v_proj")) {
        assertRefused("in NF4 and others not");
      }
    }
    assertThatCode(this::load).doesNotThrowAnyException();
  }

  @Test
  void aQuantisedHeadIsRefusedAndAQuantisedFolderIsNotQuantisedAgain() {
    NamedTensor scales = NamedTensor.float32("model.norm.weight.absmax", List.of(1L), new float[1]);
    Nf4Folders.replace(model, scales);
    assertRefused("model.norm.weight");
    Path source = model;
    assertThatThrownBy(() -> Nf4Writer.write(source, folder, BaseForm.NF4, (done, all) -> {}))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("quantised already");
    assertThatThrownBy(
            () ->
                Nf4Writer.write(
                    GoldenFiles.path("llama"), folder, BaseForm.DENSE, (done, all) -> {}))
        .hasMessageContaining("dense");
  }

  private void setState(byte[] text) {
    Nf4Folders.replace(
        model,
        NamedTensor.of(
            WEIGHT + QuantState.STATE,
            StoredDtype.U8,
            List.of((long) text.length),
            List.of(ByteBuffer.wrap(text))));
  }

  private void assertRefused(String named) {
    assertThatThrownBy(this::load)
        .isInstanceOf(AreteException.class)
        .hasMessageContaining(named)
        .hasMessageNotContaining("\n");
  }

  private void load() {
    DecoderModel.load(model, Dtype.FLOAT32, Device.CPU).close();
  }
}
