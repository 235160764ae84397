package io.arete.engine.forest;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.CountedRandom;
import io.arete.engine.TinyModels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cut that lost or swapped a token would train on texts that nobody wrote. */
class ForestPartsTest {

  @Test
  void everyTokenIsFoundInItsPartWithItsIdAndPosition() {
    for (int seed = 0; seed < 50; seed++) {
      Forest forest = Forest.of(TinyModels.sequences(CountedRandom.of(seed), 3 + seed, 40));
      for (int wanted : new int[] {1, 2, 3, 8}) {
        ForestParts parts = ForestParts.of(forest, wanted);
        assertThat(parts.forests().size()).isBetween(1, wanted);
        List<Integer> ids = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        for (Forest part : parts.forests()) {
          for (int row = 0; row < part.tokens(); row++) {
            ids.add(part.ids()[row]);
            positions.add(part.positions()[row]);
          }
        }
        for (int row = 0; row < forest.tokens(); row++) {
          assertThat(ids.get(parts.rows()[row])).isEqualTo(forest.ids()[row]);
          assertThat(positions.get(parts.rows()[row])).isEqualTo(forest.positions()[row]);
        }
        assertThat(parts.forests().stream().mapToInt(Forest::sequences).sum())
            .isEqualTo(forest.sequences());
      }
    }
  }

  @Test
  void separateTextsArePartedEvenly() {
    List<int[]> sequences = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      int[] sequence = new int[50];
      sequence[0] = i;
      sequences.add(sequence);
    }
    List<Forest> parts = ForestParts.of(Forest.of(sequences), 2).forests();
    assertThat(parts).extracting(Forest::tokens).containsExactly(400, 400);
  }

  @Test
  void aLongCommonTextIsNotComputedTwice() {
    List<int[]> sequences = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int[] sequence = new int[200];
      sequence[199] = i;
      sequences.add(sequence);
    }
    assertThat(ForestParts.of(Forest.of(sequences), 2).forests()).hasSize(1);
  }
}
