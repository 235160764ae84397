package io.arete.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.TinyModels;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ten optimizer steps end where PyTorch's and PEFT's ten steps end. */
class TrajectoryGoldenTest {

  private static final double RATE = 1e-2;
  private static final double DECAY = 0.01;

  /** One batch: its loss, with its derivatives left in the adapter's gradients. */
  private interface Batch {
    double loss(DecoderModel model, Adapter adapter, Adapters live, JsonNode batch);
  }

  @Test
  void fineTuningStepsAsPyTorchDoes() {
    assertSameSteps("trajectory-sft", TrajectoryGoldenTest::nextTokenLoss);
  }

  @Test
  void aRewardModelStepsAsPyTorchDoes() {
    assertSameSteps("trajectory-reward", TrajectoryGoldenTest::pairLoss);
  }

  private static void assertSameSteps(String name, Batch batch) {
    JsonNode golden = GoldenFiles.json(name + "/golden.json");
    try (DecoderModel model = TinyModels.llama(Dtype.FLOAT32);
        Adapter adapter = read(name + "/start", model);
        Adapter end = read(name + "/end", model);
        FrozenStack below = new FrozenStack(List.of(), model.config().layers(), Dtype.FLOAT32);
        AdamW optimizer = new AdamW(adapter.parameters(), DECAY)) {
      Adapters live = AdapterStack.BASE.with(adapter).training(below, null);
      for (int step = 0; step < golden.get("batches").size(); step++) {
        try (Scope scope = Scope.open()) {
          double loss = batch.loss(model, adapter, live, golden.get("batches").get(step));
          assertThat(loss)
              .as("loss of step %d", step)
              .isCloseTo(golden.get("losses").get(step).asDouble(), within(1e-3));
          double norm = golden.get("grad_norms").get(step).asDouble();
          assertThat(optimizer.clip(1))
              .as("gradient norm of step %d", step)
              .isCloseTo(norm, within(2e-3 * norm));
          optimizer.step(RATE);
        }
      }
      try (Scope scope = Scope.open()) {
        // Where a gradient is near 0 its sign is chance, and AdamW takes a whole step by it.
        float[] found = adapter.parameters().values().toFloats();
        float[] expected = end.parameters().values().toFloats();
        assertThat(GoldenTensors.distance(found, expected)).isLessThan(2e-3);
      }
    }
  }

  /** Mean over all tokens after the prompts. */
  private static double nextTokenLoss(
      DecoderModel model, Adapter adapter, Adapters live, JsonNode batch) {
    List<int[]> sequences = GoldenTensors.sequences(batch.get("input_ids"));
    int prompt = batch.get("prompt_length").asInt();
    Forest forest = Forest.of(sequences);
    List<Integer> rows = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    for (int i = 0; i < sequences.size(); i++) {
      for (int position = prompt - 1; position + 1 < sequences.get(i).length; position++) {
        rows.add(forest.index(i, position));
        targets.add(sequences.get(i)[position + 1]);
      }
    }
    TrunkPass pass = TrunkPass.forward(model, forest, live, Backpropagation.RECORDED);
    Readout read =
        new ChunkedLogProbs(model, 1)
            .readAndDerive(
                pass.hidden(),
                rows.stream().mapToInt(Integer::intValue).toArray(),
                targets.stream().mapToInt(Integer::intValue).toArray(),
                (first, values) -> {
                  double[] derivatives = new double[values.length];
                  Arrays.fill(derivatives, -1.0 / rows.size());
                  return derivatives;
                });
    pass.backward(read.hiddenGradient());
    return -Arrays.stream(read.values()).average().orElseThrow();
  }

  /** Mean of −log σ(chosen − rejected); its derivative by the difference is σ − 1. */
  private static double pairLoss(
      DecoderModel model, Adapter adapter, Adapters live, JsonNode batch) {
    List<int[]> sequences = new ArrayList<>(GoldenTensors.sequences(batch.get("chosen")));
    int pairs = sequences.size();
    sequences.addAll(GoldenTensors.sequences(batch.get("rejected")));
    Forest forest = Forest.of(sequences);
    int[] ends = new int[sequences.size()];
    Arrays.setAll(ends, forest::end);
    TrunkPass pass = TrunkPass.forward(model, forest, live, Backpropagation.RECORDED);
    double[] losses = new double[pairs];
    Readout read =
        new ScalarReadout(model, adapter.head().orElseThrow())
            .readAndDerive(
                pass.hidden(),
                ends,
                (first, scores) -> {
                  double[] derivatives = new double[scores.length];
                  for (int i = 0; i < pairs; i++) {
                    double difference = scores[i] - scores[i + pairs];
                    losses[i] = Math.log1p(Math.exp(-difference));
                    derivatives[i] = (1 / (1 + Math.exp(-difference)) - 1) / pairs;
                    derivatives[i + pairs] = -derivatives[i];
                  }
                  return derivatives;
                });
    pass.backward(read.hiddenGradient());
    return Arrays.stream(losses).average().orElseThrow();
  }

  private static Adapter read(String golden, DecoderModel model) {
    return AdapterFiles.read(GoldenFiles.path(golden), model.config(), Device.CPU);
  }
}
