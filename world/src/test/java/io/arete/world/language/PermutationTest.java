package io.arete.world.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationTest {

  private static final CountedRandom KEY = CountedRandom.of(3).at("permutation");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 17, 64, 1000, 4097})
  void everyNumberComesOnce(int size) {
    Permutation order = new Permutation(KEY.at(size), size);
    assertThat(LongStream.range(0, size).map(order::at).sorted().toArray())
        .isEqualTo(LongStream.range(0, size).toArray());
  }

  @Test
  void neighboursLieAnywhere() {
    Permutation order = new Permutation(KEY, 1_000_000);
    double meanStep =
        LongStream.range(0, 1000)
            .map(place -> Math.abs(order.at(place + 1) - order.at(place)))
            .average()
            .orElseThrow();
    // Of two independent uniform numbers the mean distance is a third, with an error near 0.0075.
    assertThat(meanStep / 1_000_000).isBetween(0.29, 0.38);
  }
}
