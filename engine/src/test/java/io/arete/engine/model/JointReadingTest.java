package io.arete.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.engine.GoldenFiles;
import io.arete.engine.GoldenTensors;
import io.arete.engine.TinyModels;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.forest.Forest;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Threads;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reward models that are read side by side score as each does alone. */
class JointReadingTest {

  private static final int SEEDS = 5;

  @AfterEach
  void oneThreadAgain() {
    Threads.use(1);
  }

  @ParameterizedTest
  @CsvSource({
    "DENSE, llama, 1",
    "DENSE, gpt2, 2",
    "DENSE, mistral, 2",
    "NF4, llama, 1",
    "NF4, llama, 2"
  })
  void eachStackReadsWhatItReadsAlone(BaseForm form, String family, int threads) {
    try (DecoderModel model =
        DecoderModel.load(GoldenFiles.path(family), form, Dtype.FLOAT32, Device.CPU)) {
      Threads.use(threads);
      for (int seed = 0; seed < SEEDS; seed++) {
        try (Stacks stacks = new Stacks(model, seed)) {
          requireTheSame(model, stacks.readings(CountedRandom.of(seed)));
        }
      }
    }
  }

  private static void requireTheSame(DecoderModel model, List<JointReading.Reading> readings) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      List<Tensor> together = JointReading.read(model, readings);
      assertThat(together).hasSameSizeAs(readings);
      for (int i = 0; i < readings.size(); i++) {
        Tensor alone = model.read(readings.get(i).forest(), readings.get(i).adapters());
        float[] expected = alone.toFloats();
        assertThat(together.get(i).shape()).isEqualTo(alone.shape());
        assertThat(GoldenTensors.distance(together.get(i).toFloats(), expected)).isLessThan(1e-4);
      }
    }
  }

  @Test
  void theSameCallGivesTheSameBytes() {
    try (DecoderModel model = TinyModels.llama(Dtype.FLOAT32);
        Stacks stacks = new Stacks(model, 1);
        NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Threads.use(2);
      List<JointReading.Reading> readings = stacks.readings(CountedRandom.of(2));
      List<Tensor> first = JointReading.read(model, readings);
      List<Tensor> second = JointReading.read(model, readings);
      for (int i = 0; i < readings.size(); i++) {
        assertThat(second.get(i).toFloats()).containsExactly(first.get(i).toFloats());
      }
    }
  }

  /** A deep stack, a flat one, and the plain base. */
  private static final class Stacks implements AutoCloseable {

    private final List<Adapter> adapters = new ArrayList<>();
    private final List<FrozenStack> frozen = new ArrayList<>();

    Stacks(DecoderModel model, long seed) {
      for (int i = 0; i < 3; i++) {
        adapters.add(TinyModels.adapter(model, false, 10 * seed + i));
      }
      AdapterStack deep = AdapterStack.BASE.with(adapters.get(0)).with(adapters.get(1));
      AdapterStack flat = AdapterStack.BASE.with(adapters.get(2));
      frozen.add(deep.frozen(model.config().layers(), model.dtype()));
      frozen.add(flat.frozen(model.config().layers(), model.dtype()));
    }

    /** Batches of different sizes, some too small for two lanes. */
    List<JointReading.Reading> readings(CountedRandom random) {
      List<Adapters> all = List.of(frozen.get(0), frozen.get(1), Adapters.NONE);
      List<JointReading.Reading> readings = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        int sequences = 1 + random.at("count").below(12, i);
        Forest forest = Forest.of(TinyModels.sequences(random.at(i), sequences, 40));
        readings.add(new JointReading.Reading(forest, all.get(i)));
      }
      return readings;
    }

    @Override
    public void close() {
      frozen.forEach(FrozenStack::close);
      adapters.forEach(Adapter::close);
    }
  }
}
