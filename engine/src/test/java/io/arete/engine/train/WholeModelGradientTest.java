package io.arete.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.model.TrainableWeights;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All weights of a model folder are trained by the gradients that transformers has for them. */
class WholeModelGradientTest {

  /** What the lane collected of the mean loss, which is then cleared. */
  private static float[] gradients(
      TrainableWeights.Lane lane, int[] sequence, Backpropagation backpropagation) {
    int count = sequence.length - 1;
    try (Scope scope = Scope.open()) {
      TrunkPass pass =
          TrunkPass.forward(
              lane.model(), Forest.of(List.of(sequence)), Adapters.NONE, backpropagation);
      Readout readout =
          new ChunkedLogProbs(lane.model(), 1)
              .readAndDerive(
                  pass.hidden(),
                  IntStream.range(0, count).toArray(),
                  Arrays.copyOfRange(sequence, 1, sequence.length),
                  (first, values) -> {
                    double[] derivatives = new double[values.length];
                    Arrays.fill(derivatives, -1.0 / count);
                    return derivatives;
                  });
      pass.backward(readout.hiddenGradient());
    }
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      float[] found = lane.gradients().toFloats();
      lane.gradients().zeroInPlace();
      return found;
    }
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3"})
  void everyPassCollectsTheGradientOfEveryWeight(String family) {
    JsonNode golden = GoldenFiles.json(family + "/golden.json");
    int[] sequence = GoldenTensors.sequences(golden.get("input_ids")).get(0);
    double expected = golden.get("grad_norm_sequence_0").asDouble();
    try (TrainableWeights weights = TrainableWeights.of(GoldenFiles.path(family), 0, Device.CPU);
        TrainableWeights.Lane lane = weights.lane()) {
      float[] recorded = gradients(lane, sequence, Backpropagation.RECORDED);
      float[] blockwise = gradients(lane, sequence, Backpropagation.BLOCKWISE);
      float[] again = gradients(lane, sequence, Backpropagation.RECORDED);

      assertThat(norm(recorded)).isCloseTo(expected, withinPercentage(0.01));
      assertThat(blockwise).containsExactly(recorded, within(1e-6f));
      assertThat(again).containsExactly(recorded);
    }
  }

  /** A lane outlives many steps: nothing of the weights may be copied as it is made. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3"})
  void aLaneLearnsWithTheWeightsAsTheyAreAfterAStep(String family) {
    JsonNode golden = GoldenFiles.json(family + "/golden.json");
    int[] sequence = GoldenTensors.sequences(golden.get("input_ids")).get(0);
    try (TrainableWeights weights = TrainableWeights.of(GoldenFiles.path(family), 0, Device.CPU);
        TrainableWeights.Lane before = weights.lane()) {
      gradients(before, sequence, Backpropagation.RECORDED);
      try (NoGrad still = NoGrad.open();
          Scope scope = Scope.open()) {
        Tensor values = weights.parameters().values();
        values.addInPlace(Tensors.normal(Device.CPU, 4, 0.05, values.elements()));
      }
      try (TrainableWeights.Lane after = weights.lane()) {
        assertThat(gradients(before, sequence, Backpropagation.RECORDED))
            .containsExactly(gradients(after, sequence, Backpropagation.RECORDED));
      }
    }
  }

  @Test
  void aViewComputesWithTheWeightsAsTheyAre() {
    JsonNode golden = GoldenFiles.json("qwen3/golden.json");
    int[] sequence = GoldenTensors.sequences(golden.get("input_ids")).get(0);
    float[] expected =
        GoldenTensors.floats(GoldenFiles.path("qwen3/golden.safetensors"), "logits.0");
    try (TrainableWeights weights = TrainableWeights.of(GoldenFiles.path("qwen3"), 1, Device.CPU)) {
      assertThat(GoldenTensors.distance(logits(weights, sequence), expected)).isLessThan(2e-4);
      try (NoGrad still = NoGrad.open();
          Scope scope = Scope.open()) {
        weights.parameters().values().mulInPlace(1.01);
      }
      assertThat(GoldenTensors.distance(logits(weights, sequence), expected)).isGreaterThan(1e-3);
    }
  }

  private static float[] logits(TrainableWeights weights, int[] sequence) {
    try (DecoderModel model = weights.view();
        NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Tensor hidden = model.read(Forest.of(List.of(sequence)), Adapters.NONE);
      return model.logits(model.norm(hidden)).toFloats();
    }
  }

  @Test
  void aFamilyWhoseFilesTurnTheirMatricesIsRefusedByName() {
    assertThatThrownBy(() -> TrainableWeights.of(GoldenFiles.path("gpt2"), 0, Device.CPU))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("gpt2")
        .hasMessageContaining("train an adapter");
  }
}
