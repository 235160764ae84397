package io.arete.engine.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.CountedRandom;
import io.arete.engine.GoldenTensors;
import io.arete.engine.TinyModels;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.nn.Projection;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A stack is its adapters one after the other, frozen or live, with dropout only when asked. */
class AdapterStackTest {

  private static final Forest TEXTS = Forest.of(TinyModels.sequences(CountedRandom.of(1), 5, 30));

  private static DecoderModel model;

  @BeforeAll
  static void load() {
    model = TinyModels.llama(Dtype.FLOAT32);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void aFrozenStackOfUnlikeAdaptersIsTheLiveOne() {
    LoraConfig few = LoraConfig.of(3, 5, 0, EnumSet.of(Projection.K, Projection.UP));
    try (Adapter first = TinyModels.adapter(model, few, false, 1);
        Adapter second = TinyModels.adapter(model, false, 2);
        FrozenStack both = frozen(first, second);
        FrozenStack lower = frozen(first)) {
      Adapters live = new AdapterStack(List.of(first, second)).training(lower, null);
      assertThat(GoldenTensors.distance(hidden(live), hidden(both))).isLessThan(1e-4);
      assertThat(GoldenTensors.distance(hidden(lower), hidden(both))).isGreaterThan(0.1);
    }
  }

  @Test
  void aFreshAdapterChangesNothingAndItsSeedDecidesIt() {
    LoraConfig config = TinyModels.everywhere(model, 4, 8, 0);
    try (Adapter fresh = Adapter.fresh(config, model.config(), 1, 5, Device.CPU);
        Adapter same = Adapter.fresh(config, model.config(), 1, 5, Device.CPU);
        Adapter next = Adapter.fresh(config, model.config(), 1, 6, Device.CPU);
        FrozenStack frozen = frozen(fresh)) {
      assertThat(hidden(frozen)).containsExactly(hidden(Adapters.NONE));
      assertThat(values(same)).containsExactly(values(fresh));
      int shared = 0;
      for (int i = 0; i < values(fresh).length; i++) {
        shared += values(fresh)[i] != 0 && values(fresh)[i] == values(next)[i] ? 1 : 0;
      }
      assertThat(shared).as("draws shared by neighbouring seeds").isLessThan(3);
    }
  }

  @Test
  void aSnapshotDoesNotFollowLaterTraining() {
    try (Adapter adapter = TinyModels.adapter(model, false, 4);
        FrozenStack frozen = frozen(adapter)) {
      float[] before = hidden(frozen);
      adapter.parameters().values().mulInPlace(3);
      assertThat(hidden(frozen)).containsExactly(before);
    }
  }

  @Test
  void dropoutFollowsItsKeyAndIsOffWithoutOne() {
    LoraConfig dropping = TinyModels.everywhere(model, 4, 8, 0.3);
    LoraConfig keeping = TinyModels.everywhere(model, 4, 8, 0);
    try (Adapter dropped = TinyModels.adapter(model, dropping, false, 4);
        Adapter kept = TinyModels.adapter(model, keeping, false, 4);
        FrozenStack none = frozen()) {
      AdapterStack stack = AdapterStack.BASE.with(dropped);
      CountedRandom key = CountedRandom.of(2);
      float[] off = hidden(stack.training(none, null));
      float[] on = hidden(stack.training(none, key.at(1)));
      assertThat(hidden(stack.training(none, key.at(1)))).containsExactly(on);
      assertThat(GoldenTensors.distance(hidden(stack.training(none, key.at(2))), on))
          .isGreaterThan(1e-2);
      assertThat(GoldenTensors.distance(off, on)).isGreaterThan(1e-2);
      AdapterStack whole = AdapterStack.BASE.with(kept);
      assertThat(hidden(whole.training(none, key.at(1)))).containsExactly(off);
    }
  }

  @Test
  void thePlainBaseCannotBeExported() {
    assertThatThrownBy(() -> StackExport.join(AdapterStack.BASE, model.config()))
        .hasMessageContaining("no adapter");
  }

  private static FrozenStack frozen(Adapter... adapters) {
    return new FrozenStack(List.of(adapters), model.config().layers(), Dtype.FLOAT32);
  }

  private static float[] values(Adapter adapter) {
    return adapter.parameters().values().toFloats();
  }

  private static float[] hidden(Adapters adapters) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      return model.trunk(TEXTS, adapters).toFloats();
    }
  }
}
