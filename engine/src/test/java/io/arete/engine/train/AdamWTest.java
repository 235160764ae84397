package io.arete.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.FlatParameters;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was cut goes on as if it had not been. */
class AdamWTest {

  @TempDir private Path folder;

  @Test
  void aLoadedOptimizerContinuesToTheSameBytes() throws IOException {
    Path cut = folder.resolve("cut");
    Path straight = folder.resolve("straight");
    Path resumed = folder.resolve("resumed");
    try (FlatParameters parameters = parameters(7);
        AdamW optimizer = new AdamW(parameters, 0.01)) {
      steps(parameters, optimizer, 0, 5);
      optimizer.save(cut);
      steps(parameters, optimizer, 5, 9);
      optimizer.save(straight);
    }
    try (FlatParameters parameters = parameters(7);
        AdamW optimizer = new AdamW(parameters, 0.01)) {
      optimizer.load(cut);
      assertThat(optimizer.steps()).isEqualTo(5);
      steps(parameters, optimizer, 5, 9);
      optimizer.save(resumed);
    }
    assertThat(Files.readAllBytes(resumed)).isEqualTo(Files.readAllBytes(straight));
  }

  @Test
  void theStateOfAnotherAdapterIsRefusedAndChangesNothing() throws IOException {
    Path other = folder.resolve("other");
    try (FlatParameters parameters = parameters(8);
        AdamW optimizer = new AdamW(parameters, 0)) {
      optimizer.save(other);
    }
    Path before = folder.resolve("before");
    Path after = folder.resolve("after");
    try (FlatParameters parameters = parameters(7);
        AdamW optimizer = new AdamW(parameters, 0)) {
      steps(parameters, optimizer, 0, 2);
      optimizer.save(before);
      assertThatThrownBy(() -> optimizer.load(other))
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("not a checkpoint of this adapter");
      optimizer.save(after);
    }
    assertThat(Files.readAllBytes(after)).isEqualTo(Files.readAllBytes(before));
  }

  @Test
  void gradientsThatAreNotNumbersStopTheRunInsteadOfSpoilingTheWeights() {
    try (FlatParameters parameters = parameters(3);
        AdamW optimizer = new AdamW(parameters, 0);
        Scope scope = Scope.open()) {
      float[] broken = new float[6];
      broken[4] = Float.NaN;
      parameters.gradients().copyInPlace(Tensors.of(Device.CPU, broken, 6));
      assertThatThrownBy(() -> optimizer.clip(1))
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("step 1");
    }
  }

  /** All weights of a model are more than are computed at once; none may be forgotten. */
  @Test
  void theLastOfManyWeightsLearnsLikeTheOnlyOne() {
    long many = (1L << 24) + 6;
    try (FlatParameters few = parameters(3);
        AdamW ofFew = new AdamW(few, 0.01);
        FlatParameters all = parameters(many / 2);
        AdamW ofAll = new AdamW(all, 0.01);
        Scope scope = Scope.open()) {
      for (int step = 0; step < 3; step++) {
        Tensor gradients = Tensors.normal(Device.CPU, step, 3, 6);
        few.gradients().copyInPlace(gradients);
        all.gradients().narrow(0, many - 6, 6).copyInPlace(gradients);
        assertThat(ofAll.clip(1)).isEqualTo(ofFew.clip(1));
        ofFew.step(1e-2);
        ofAll.step(1e-2);
      }
      float[] values = all.values().narrow(0, many - 6, 6).toFloats();
      assertThat(values).isEqualTo(few.values().toFloats()).doesNotContain(0);
    }
  }

  private static FlatParameters parameters(long rows) {
    return new FlatParameters(Device.CPU, Map.of("a", new long[] {rows, 2}));
  }

  private static void steps(FlatParameters parameters, AdamW optimizer, int from, int to) {
    for (int step = from; step < to; step++) {
      try (Scope scope = Scope.open()) {
        long total = parameters.values().elements();
        parameters.gradients().copyInPlace(Tensors.normal(Device.CPU, step, 3, total));
        optimizer.clip(1);
        optimizer.step(1e-2);
      }
    }
  }
}
