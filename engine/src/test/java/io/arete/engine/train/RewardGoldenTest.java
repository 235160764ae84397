package io.arete.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.TinyModels;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reward model of PEFT gives its scores here, however the texts are batched. */
class RewardGoldenTest {

  @ParameterizedTest
  @CsvSource({"llama, reward-llama", "qwen2, reward-qwen2"})
  void scoresOneByOneAndAsOneForestAreThoseOfTransformers(String family, String folder) {
    JsonNode golden = GoldenFiles.json(folder + "/golden.json");
    List<int[]> chosen = GoldenTensors.sequences(golden.get("chosen"));
    List<int[]> all = new ArrayList<>(chosen);
    all.addAll(GoldenTensors.sequences(golden.get("rejected")));
    try (DecoderModel model = TinyModels.of(family);
        Adapter adapter = AdapterFiles.read(GoldenFiles.path(folder), model.config(), Device.CPU)) {
      double[] together = scores(model, adapter, all);
      for (int i = 0; i < all.size(); i++) {
        assertThat(together[i]).as("text %d", i).isCloseTo(expected(golden, i), within(2e-4));
        assertThat(scores(model, adapter, List.of(all.get(i)))[0])
            .isCloseTo(expected(golden, i), within(2e-4));
      }
      JsonNode padded = golden.path("chosen_scores_right_padded_batch");
      for (int i = 0; i < padded.size(); i++) {
        assertThat(together[i]).isCloseTo(padded.get(i).asDouble(), within(2e-4));
      }
    }
  }

  private static double expected(JsonNode golden, int index) {
    JsonNode chosen = golden.get("chosen_scores");
    return index < chosen.size()
        ? chosen.get(index).asDouble()
        : golden.get("rejected_scores").get(index - chosen.size()).asDouble();
  }

  private static double[] scores(DecoderModel model, Adapter adapter, List<int[]> sequences) {
    try (NoGrad still = NoGrad.open();
        FrozenStack frozen =
            new FrozenStack(List.of(adapter), model.config().layers(), Dtype.FLOAT32);
        Scope scope = Scope.open()) {
      Forest forest = Forest.of(sequences);
      int[] ends = new int[sequences.size()];
      Arrays.setAll(ends, forest::end);
      return new ScalarReadout(model, adapter.head().orElseThrow())
          .read(model.trunk(forest, frozen), ends);
    }
  }
}
