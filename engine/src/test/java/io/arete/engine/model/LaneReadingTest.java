package io.arete.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.TinyModels;
import io.arete.engine.forest.Forest;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensors;
import io.arete.engine.tensor.Threads;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A judge that computes only the rows it reads gives the answers of a whole reading. */
class LaneReadingTest {

  @AfterEach
  void oneThreadAgain() {
    Threads.use(1);
  }

  @ParameterizedTest
  @CsvSource({"llama, 1", "llama, 2", "gpt2, 2", "gpt_neox, 1", "mistral, 2", "qwen3, 2"})
  void someRowsAreThoseOfTheWhole(String family, int threads) {
    try (DecoderModel model =
            DecoderModel.load(GoldenFiles.path(family), Dtype.FLOAT32, Device.CPU);
        NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Threads.use(threads);
      Forest forest = Forest.of(TinyModels.sequences(CountedRandom.of(7), 12, 40));
      // Out of order, twice, and in one lane alone.
      for (int[] rows : List.of(new int[] {forest.end(11), forest.end(0), 3, 3}, new int[] {0})) {
        float[] all =
            model
                .read(forest, Adapters.NONE)
                .indexSelect(0, Tensors.indices(Device.CPU, rows))
                .toFloats();
        float[] some = model.readRows(forest, Adapters.NONE, rows).toFloats();
        assertThat(GoldenTensors.distance(some, all)).as(family).isLessThan(1e-4);
      }
    }
  }
}
