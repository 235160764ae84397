package io.arete.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.CountedRandom;
import io.arete.engine.GoldenTensors;
import io.arete.engine.TinyModels;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Reading logits in pieces gives what all logits at once give. */
class ChunkedLogProbsTest {

  private static final int TOKENS = 700;
  private static final double TEMPERATURE = 1.3;

  @Test
  void valuesAndDerivativesAreThoseOfTheWholeLogits() {
    int[] rows = new int[600];
    int[] targets = new int[rows.length];
    double[] derivatives = new double[rows.length];
    CountedRandom random = CountedRandom.of(5);
    for (int i = 0; i < rows.length; i++) {
      // More than two pieces, some rows several times, as at a branch.
      rows[i] = random.at("row").below(TOKENS / 2, i);
      targets[i] = random.at("target").below(199, i);
      derivatives[i] = random.gaussian(i);
    }
    try (DecoderModel model = TinyModels.llama(Dtype.FLOAT32);
        Scope scope = Scope.open()) {
      Tensor hidden = Tensors.normal(Device.CPU, 3, 2, TOKENS, 32);
      ChunkedLogProbs chunked = new ChunkedLogProbs(model, TEMPERATURE);
      Readout read =
          chunked.readAndDerive(
              hidden,
              rows,
              targets,
              (first, values) -> Arrays.copyOfRange(derivatives, first, first + values.length));

      Tensor whole = hidden.copy().requireGradient();
      Tensor logProbs = model.logits(model.norm(whole)).mul(1 / TEMPERATURE).logSoftmax(1);
      Tensor chosen =
          logProbs
              .indexSelect(0, Tensors.indices(Device.CPU, rows))
              .gather(1, Tensors.indices(Device.CPU, targets).unsqueeze(1))
              .view(-1);
      chosen.backward(Derivatives.tensor(Device.CPU, derivatives));

      double[] expected = chosen.detach().toDoubles();
      double[] still = chunked.read(hidden, rows, targets);
      for (int i = 0; i < rows.length; i++) {
        assertThat(read.values()[i]).isCloseTo(expected[i], within(1e-4));
        assertThat(still[i]).isCloseTo(expected[i], within(1e-4));
      }
      assertThat(
              GoldenTensors.distance(read.hiddenGradient().toFloats(), whole.gradient().toFloats()))
          .isLessThan(1e-4);
    }
  }
}
