package io.arete.engine.quant;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.checkpoint.SafetensorsFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
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
      return Arrays.copyOf(bytes, bytes.length);
    }
  }
}
