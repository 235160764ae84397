package io.arete.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountedRandomTest {

  private static final CountedRandom KEY = CountedRandom.of(7).at("test");

  @Test
  void blocksEqualThoseOfRandom123() {
    // Known answers of Random123 (kat_vectors, philox2x64 10): counter, counter, key, then two
    // words.
    assertBlock(0, 0, 0, 0xca00a0459843d731L, 0x66c24222c9a845b5L);
    assertBlock(-1, -1, -1, 0x65b021d60cd8310fL, 0x4d02f3222f86df20L);
    assertBlock(
        0x243f6a8885a308d3L,
        0x13198a2e03707344L,
        0xa4093822299f31d0L,
        0x0a5e742c2997341cL,
        0xb0f883d38000de5dL);
  }

  @Test
  void drawsStayWhatTheyWereInOlderRuns() {
    CountedRandom key = CountedRandom.of(42).at("ppo").at(3).at(1);
    assertThat(key.bits(0)).isEqualTo(-3810496163869710223L);
    assertThat(key.uniform(5)).isEqualTo(0.40374084990402426);
    assertThat(key.gaussian(6)).isEqualTo(0.8492654218977033);
    assertThat(key.shuffle(6)).containsExactly(1, 2, 5, 3, 4, 0);
  }

  @Test
  void theOrderOfCallsDoesNotMatter() {
    double[] forward = IntStream.range(0, 100).mapToDouble(KEY::uniform).toArray();
    for (int i = 99; i >= 0; i--) {
      KEY.gaussian(i);
      assertThat(KEY.uniform(i)).isEqualTo(forward[i]);
    }
  }

  @Test
  void uniformDrawsFillTheirIntervalEvenly() {
    int[] counts = new int[100];
    for (int i = 0; i < 100_000; i++) {
      counts[(int) (100 * KEY.uniform(i))]++;
    }
    assertThat(chiSquare(counts, 1000)).isBetween(60.0, 149.0); // 99 degrees, 0.1 % at each end
  }

  @Test
  void firstDrawsOfNeighbouringKeysFillTheIntervalEvenly() {
    int[] counts = new int[100];
    for (int prompt = 0; prompt < 1000; prompt++) {
      for (int sample = 0; sample < 100; sample++) {
        counts[(int) (100 * KEY.at(prompt).at(sample).uniform(0))]++;
      }
    }
    assertThat(chiSquare(counts, 1000)).isBetween(60.0, 149.0);
  }

  @Test
  void neighbouringPositionsAreNotCorrelated() {
    int[] counts = new int[100];
    for (int i = 0; i < 100_000; i++) {
      counts[(int) (10 * KEY.uniform(i)) * 10 + (int) (10 * KEY.uniform(i + 1))]++;
    }
    assertThat(chiSquare(counts, 1000)).isBetween(60.0, 149.0);
  }

  @Test
  void integersHaveNoBiasWhereTheBoundDividesBadly() {
    int bound = 3 << 29; // of 2^32 values a third would be favoured without rejection
    int[] counts = new int[96];
    for (int i = 0; i < 96_000; i++) {
      int draw = KEY.below(bound, i);
      assertThat(draw).isBetween(0, bound - 1);
      counts[draw / (bound / 96)]++;
    }
    assertThat(chiSquare(counts, 1000)).isBetween(57.0, 145.0);
  }

  @Test
  void aBoundOfOneGivesZeroAndNoneFails() {
    assertThat(KEY.below(1, 9)).isZero();
    assertThatThrownBy(() -> KEY.below(0, 9)).hasMessage("bound is 0 but must be positive");
  }

  @Test
  void gaussianHasTheMomentsOfTheNormal() {
    double[] draws = IntStream.range(0, 200_000).mapToDouble(KEY::gaussian).toArray();
    assertThat(Arrays.stream(draws).average().orElseThrow()).isCloseTo(0, within(0.01));
    assertThat(Arrays.stream(draws).map(x -> x * x).average().orElseThrow())
        .isCloseTo(1, within(0.015));
    assertThat(Arrays.stream(draws).map(x -> x * x * x * x).average().orElseThrow())
        .isCloseTo(3, within(0.1));
    assertThat(Arrays.stream(draws).filter(x -> x > 1.959964).count() / 200_000.0)
        .isCloseTo(0.025, within(0.0015));
  }

  @Test
  void differentKeysGiveDifferentStreams() {
    Set<Long> seen = new HashSet<>();
    for (CountedRandom key :
        new CountedRandom[] {
          CountedRandom.of(1),
          CountedRandom.of(2),
          CountedRandom.of(1).at(0),
          CountedRandom.of(1).at(0).at(0),
          CountedRandom.of(1).at(1).at(2),
          CountedRandom.of(1).at(2).at(1),
          CountedRandom.of(1).at(""),
          CountedRandom.of(1).at("a"),
          CountedRandom.of(1).at('a'),
          CountedRandom.of(1).at("\0a"),
          CountedRandom.of(1).at("a").at("b"),
          CountedRandom.of(1).at("ab"),
          CountedRandom.of(1).at("abcdefgh"),
          CountedRandom.of(1).at("abcdefghi"),
        }) {
      for (int position = 0; position < 1000; position++) {
        assertThat(seen.add(key.bits(position))).isTrue();
      }
    }
  }

  @Test
  void equalWordsGiveTheSameStream() {
    assertThat(CountedRandom.of(1).at("sft").at(4).bits(9))
        .isEqualTo(CountedRandom.of(1).at("sft").at(4).bits(9));
  }

  @Test
  void oneBitOfTheKeyOrPositionTurnsHalfOfTheBits() {
    int flippedByKey = 0;
    int flippedByPosition = 0;
    int trials = 64 * 64;
    for (int i = 0; i < 64; i++) {
      for (int bit = 0; bit < 64; bit++) {
        long word = i * 0x1234567L;
        long changed = word ^ 1L << bit;
        flippedByKey += Long.bitCount(KEY.at(word).bits(3) ^ KEY.at(changed).bits(3));
        flippedByPosition += Long.bitCount(KEY.bits(word) ^ KEY.bits(changed));
      }
    }
    assertThat(flippedByKey / (64.0 * trials)).isCloseTo(0.5, within(0.005));
    assertThat(flippedByPosition / (64.0 * trials)).isCloseTo(0.5, within(0.005));
  }

  @Test
  void shuffledOrdersAreEquallyLikelyPermutations() {
    int[] counts = new int[6];
    for (int i = 0; i < 6000; i++) {
      int[] order = KEY.at(i).shuffle(3);
      assertThat(order).containsExactlyInAnyOrder(0, 1, 2);
      counts[2 * order[0] + (order[1] > order[2] ? 1 : 0)]++;
    }
    assertThat(chiSquare(counts, 1000)).isLessThan(20.5); // 5 degrees, 0.1 %
  }

  private static void assertBlock(
      long counterLeft, long counterRight, long key, long left, long right) {
    assertThat(CountedRandom.philox(counterLeft, counterRight, key, true)).isEqualTo(left);
    assertThat(CountedRandom.philox(counterLeft, counterRight, key, false)).isEqualTo(right);
  }

  private static double chiSquare(int[] counts, double expected) {
    return Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
  }
}
