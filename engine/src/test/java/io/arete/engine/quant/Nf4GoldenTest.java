package io.arete.engine.quant;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.checkpoint.SafetensorsFile;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bit for bit what bitsandbytes makes: a folder of either can be read by the other. */
class Nf4GoldenTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "b", "c"})
  void codesAndScalesAreThoseOfBitsandbytes(String name) {
    float[] weight = floats(name, "weight");
    byte[] codes = new byte[weight.length / 2];
    float[] scales = new float[weight.length / Nf4Blocks.SIZE];

    Nf4Blocks.quantise(weight, weight.length, codes, scales);

    assertThat(Nf4Code.values()).containsExactly(floats(name, "code_book"));
    assertThat(scales).containsExactly(floats(name, "absmax"));
    assertThat(codes).containsExactly(bytes(name, "codes"));
    assertThat(codes).containsExactly(bytes(name, "dq_codes"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b", "c"})
  void nestedScalesAreThoseOfBitsandbytes(String name) {
    float[] map = DynamicMap.values();

    NestedScales nested = NestedScales.of(floats(name, "absmax"), map);

    assertThat(map).containsExactly(floats(name, "dq_nested_code"));
    assertThat(nested.mean()).isEqualTo(floats(name, "dq_offset")[0]);
    assertThat(nested.maxima()).containsExactly(floats(name, "dq_nested_absmax"));
    assertThat(nested.codes()).containsExactly(bytes(name, "dq_absmax_u8"));
  }

  @ParameterizedTest
  @CsvSource({"a, false", "a, true", "b, false", "b, true", "c, false", "c, true"})
  void aWeightExpandsToTheBitsOfBitsandbytes(String name, boolean nested) {
    String tensor = nested ? "dq_dequantized" : "dequantized";
    float[] expected = floats(name, tensor);
    long[] shape = shape(name);
    try (Scope scope = Scope.open();
        Nf4Weight weight =
            Nf4Weight.quantise(
                Tensors.of(Device.CPU, floats(name, "weight"), shape), nested, Device.CPU)) {
      Tensor fast = Tensors.empty(Device.CPU, Dtype.FLOAT32, shape);
      weight.dequantiseInto(fast);

      assertThat(fast.toFloats()).containsExactly(expected);
      assertThat(weight.byOperations().toFloats()).containsExactly(expected);
    }
  }

  private static long[] shape(String name) {
    try (SafetensorsFile file = SafetensorsFile.open(file(name))) {
      return Objects.requireNonNull(file.entries().get("weight")).shape().stream()
          .mapToLong(Long::longValue)
          .toArray();
    }
  }

  private static Path file(String name) {
    return GoldenFiles.path("nf4/" + name + ".safetensors");
  }

  private static float[] floats(String name, String tensor) {
    return GoldenTensors.floats(file(name), tensor);
  }

  private static byte[] bytes(String name, String tensor) {
    try (SafetensorsFile file = SafetensorsFile.open(file(name))) {
      var entry = Objects.requireNonNull(file.entries().get(tensor));
      byte[] bytes = new byte[(int) entry.bytes()];
      file.map(entry).get(0).get(bytes);
      return bytes;
    }
  }
}
