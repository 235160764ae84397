package io.arete.rlaif.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A policy that says the same thing to everybody must show as that. */
class DistinctPairsTest {

  @Test
  void pairsThatReturnCountOnce() {
    // 1 2, 2 3; 1 2, 2 1: three different ones of four.
    assertThat(DistinctPairs.share(List.of(List.of(1, 2, 3), List.of(1, 2, 1))))
        .isCloseTo(0.75, within(1e-12));
    assertThat(DistinctPairs.share(List.of(List.of(4, 4, 4, 4, 4)))).isEqualTo(0.25);
  }

  @Test
  void pairsDoNotReachFromOneReplyIntoTheNext() {
    assertThat(DistinctPairs.share(List.of(List.of(1), List.of(2), List.of()))).isEqualTo(1);
  }
}
