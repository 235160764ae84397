package io.arete.engine.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.TinyModels;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A weight means the same whatever its shape, the threads, the element type and the device. */
class Nf4WeightTest {

  /** Rows that are no multiple of a block, half bytes, several nested blocks, several threads. */
  @ParameterizedTest
  @CsvSource({"1, 1", "3, 5", "7, 9", "5, 13", "64, 1", "3, 64", "100, 130", "1037, 515"})
  void itExpandsToWhatTheDefinitionGives(long rows, long columns) {
    for (boolean nested : new boolean[] {false, true}) {
      for (int threads : new int[] {1, 2}) {
        TinyModels.withThreads(threads, () -> check(rows, columns, nested));
      }
    }
  }

  private static void check(long rows, long columns, boolean nested) {
    try (Scope scope = Scope.open()) {
      Tensor dense = Tensors.normal(Device.CPU, rows, 0.05, rows, columns);
      float[] values = dense.toFloats();
      float[] scales = NaiveNf4.scales(values);
      int[] codes = NaiveNf4.codes(values, scales);
      if (nested) {
        scales = NaiveNf4.nested(scales, OrderedMean.of(scales));
      }
      float[] expected = NaiveNf4.values(codes, scales);
      try (Nf4Weight weight = Nf4Weight.quantise(dense, nested, Device.CPU)) {
        float[] rounded =
            Tensors.of(Device.CPU, expected, rows, columns).to(Dtype.BFLOAT16).toFloats();
        assertSame(expanded(weight, Dtype.FLOAT32), expected);
        assertSame(weight.byOperations(), expected);
        assertSame(expanded(weight, Dtype.FLOAT64), expected);
        assertSame(expanded(weight, Dtype.BFLOAT16), rounded);
      }
    }
  }

  private static Tensor expanded(Nf4Weight weight, Dtype dtype) {
    Tensor target = Tensors.empty(Device.CPU, dtype, weight.rows(), weight.columns());
    weight.dequantiseInto(target);
    return target;
  }

  private static void assertSame(Tensor found, float[] expected) {
    int first = Arrays.mismatch(found.toFloats(), expected);
    assertThat(first).as("first place that differs, in %s", found.dtype()).isEqualTo(-1);
  }

  @Test
  void whatStandsBesideTheTargetIsLeftAlone() {
    try (Scope scope = Scope.open();
        Nf4Weight weight =
            Nf4Weight.quantise(Tensors.normal(Device.CPU, 1, 1, 3, 7), true, Device.CPU)) {
      for (Dtype dtype : List.of(Dtype.FLOAT32, Dtype.BFLOAT16)) {
        Tensor whole = Tensors.zeros(Device.CPU, dtype, 5, 7).add(9);
        weight.dequantiseInto(whole.narrow(0, 1, 3));
        assertThat(whole.narrow(0, 0, 1).toFloats()).containsOnly(9);
        assertThat(whole.narrow(0, 4, 1).toFloats()).containsOnly(9);
        assertThat(whole.narrow(0, 1, 3).toFloats())
            .containsExactly(expanded(weight, dtype).toFloats());
      }
    }
  }

  @Test
  void aBlockOfZerosStaysZerosAndTinyNumbersStayFinite() {
    float[] values = new float[192];
    values[64] = Float.MIN_VALUE;
    values[130] = 1;
    for (boolean nested : new boolean[] {false, true}) {
      try (Scope scope = Scope.open();
          Nf4Weight weight =
              Nf4Weight.quantise(Tensors.of(Device.CPU, values, 3, 64), nested, Device.CPU)) {
        float[] back = expanded(weight, Dtype.FLOAT32).toFloats();
        Tensor each = Tensors.of(Device.CPU, back, back.length);
        assertThat(each.allFinite()).isTrue();
        if (!nested) {
          assertThat(each.narrow(0, 0, 64).toFloats()).containsOnly(-0f);
          assertThat(back[130]).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void equalScalesKeepTheirValueInEightBits() {
    float[] scales = new float[300];
    Arrays.fill(scales, 0.25f);
    NestedScales nested = NestedScales.of(scales, DynamicMap.values());
    assertThat(nested.mean()).isEqualTo(0.25f);
    assertThat(nested.maxima()).containsOnly(0f);
  }

  @Test
  void theNearestCodeIsFoundAroundEveryBoundary() {
    List<Float> numbers = new ArrayList<>();
    for (int code = 0; code < 15; code++) {
      float middle = (Nf4Code.value(code) + Nf4Code.value(code + 1)) / 2;
      float number = middle;
      for (int i = 0; i < 4; i++) {
        number = Math.nextDown(number);
      }
      for (int i = 0; i < 9; i++, number = Math.nextUp(number)) {
        numbers.add(number);
      }
    }
    for (int i = -1000; i <= 1000; i++) {
      numbers.add(i / 1000f);
    }
    for (float number : numbers) {
      assertThat(Nf4Code.nearest(number))
          .as("code of %s", number)
          .isEqualTo(NaiveNf4.codes(new float[] {number}, new float[] {1})[0]);
    }
  }

  @Test
  void partsThatDoNotFitTogetherAreRefused() {
    try (Scope scope = Scope.open()) {
      Scales scales = Scales.of(new float[2], false, Device.CPU);
      Tensor codes = Tensors.zeros(Device.CPU, Dtype.UINT8, 64);
      new Nf4Weight(2, 64, codes, scales);
      assertThatThrownBy(() -> new Nf4Weight(2, 62, codes, scales)).hasMessageContaining("shape");
      assertThatThrownBy(
              () -> new Nf4Weight(2, 64, codes, Scales.of(new float[3], false, Device.CPU)))
          .hasMessageContaining("3 scales");
      assertThatThrownBy(() -> new Nf4Weight(1L << 16, 1L << 16, codes, scales))
          .hasMessageContaining("4294967296 values");
    }
  }
}
