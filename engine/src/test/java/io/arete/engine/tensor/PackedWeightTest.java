package io.arete.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PackedWeightTest {

  private static final int OUTPUTS = 48;
  private static final int INPUTS = 32;

  @Test
  void packedWeightOutlivesTheScopeItWasMadeInAndGivesThePlainProduct() {
    if (!PackedWeight.available(Device.CPU, Dtype.BFLOAT16)) {
      return; // decoding uses the plain product there
    }
    try (NoGrad still = NoGrad.open();
        Scope outer = Scope.open()) {
      Tensor weight = drawn(1, OUTPUTS, INPUTS);
      Tensor input = drawn(2, 5, INPUTS);
      Tensor other = drawn(3, 5, OUTPUTS);
      Tensor kept;
      PackedWeight packed;
      try (Scope inner = Scope.open()) {
        packed = PackedWeight.of(weight, 16);
      }
      try (Scope inner = Scope.open()) {
        kept = inner.keep(packed.linearAdd(input, other, null));
      }
      float[] expected = input.linear(weight, null).to(Dtype.FLOAT32).add(other).toFloats();
      float[] found = kept.toFloats();
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i]).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(0.1f));
      }
      packed.close();
    }
  }

  @Test
  void piecesOfASplitOutliveItAndSendTheirGradientsBack() {
    try (Scope scope = Scope.open()) {
      Tensor whole = drawn(1, 4, 3).to(Dtype.FLOAT32).requireGradient();
      Tensor last;
      try (Scope inner = Scope.open()) {
        last = inner.keep(whole.split(0, 1, 3).get(1));
      }
      last.backward(Tensors.of(Device.CPU, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3));
      assertThat(whole.gradient().toFloats()).containsExactly(0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
  }

  private static Tensor drawn(long seed, long rows, long columns) {
    return Tensors.normal(Device.CPU, seed, 1, rows, columns).to(Dtype.BFLOAT16);
  }
}
