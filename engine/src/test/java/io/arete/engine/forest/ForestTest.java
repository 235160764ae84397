package io.arete.engine.forest;

import static io.arete.engine.forest.AttentionBlock.NO_WINDOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.CountedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A wrong forest silently computes other texts than those asked for. */
class ForestTest {

  /** What a call costs, in products: nothing, about as much as a block, more than all. */
  private static final long[] CALLS = {0, 20, 1_000_000};

  @Test
  void aPairSharesItsPromptOnce() {
    Forest forest = Forest.of(List.of(new int[] {1, 2, 3, 4}, new int[] {1, 2, 5}));
    assertThat(forest.tokens()).isEqualTo(5);
    assertThat(forest.unsharedTokens()).isEqualTo(7);
    assertThat(forest.path(0)).containsExactly(0, 1, 2, 3);
    assertThat(forest.path(1)).containsExactly(0, 1, 4);
    assertThat(forest.positions()).containsExactly(0, 1, 2, 3, 2);
  }

  @Test
  void everySequenceIsFoundAgainAndNoPrefixStandsTwice() {
    for (int seed = 0; seed < 200; seed++) {
      List<int[]> sequences = randomSequences(CountedRandom.of(seed));
      Forest forest = Forest.of(sequences);
      Set<String> prefixes = new HashSet<>();
      for (int i = 0; i < sequences.size(); i++) {
        StringBuilder prefix = new StringBuilder();
        for (int position = 0; position < sequences.get(i).length; position++) {
          int flat = forest.index(i, position);
          assertThat(forest.ids()[flat]).isEqualTo(sequences.get(i)[position]);
          assertThat(forest.positions()[flat]).isEqualTo(position);
          prefixes.add(prefix.append(',').append(sequences.get(i)[position]).toString());
        }
      }
      assertThat(forest.tokens()).as("seed %d", seed).isEqualTo(prefixes.size());
    }
  }

  @Test
  void aTokenSeesItsPathAndNothingElseHoweverTheForestIsCut() {
    for (int seed = 0; seed < 100; seed++) {
      List<int[]> sequences = randomSequences(CountedRandom.of(seed));
      Forest forest = Forest.of(sequences);
      for (int cap : new int[] {1, 4, 1000}) {
        for (long call : CALLS) {
          assertThat(seen(forest, cap, call, NO_WINDOW))
              .as("seed %d cap %d call %d", seed, cap, call)
              .isDeepEqualTo(expected(forest, NO_WINDOW));
        }
      }
    }
  }

  @Test
  void aWindowCutsThePathHoweverTheForestIsCut() {
    for (int seed = 0; seed < 100; seed++) {
      Forest forest = Forest.of(randomSequences(CountedRandom.of(seed)));
      for (int cap : new int[] {1, 3, 1000}) {
        for (int window : new int[] {1, 2, 4, 9}) {
          for (long call : CALLS) {
            assertThat(seen(forest, cap, call, window))
                .as("seed %d cap %d call %d window %d", seed, cap, call, window)
                .isDeepEqualTo(expected(forest, window));
          }
        }
      }
    }
  }

  /** Otherwise a long text would cost as much as without a window. */
  @Test
  void whatNoQuerySeesIsNoKey() {
    Forest forest = Forest.of(List.of(new int[50]));
    for (AttentionBlock block : AttentionBlock.of(forest, 10, 0, 4)) {
      assertThat(block.keys()).isLessThanOrEqualTo(10 + 3);
    }
  }

  /** Otherwise six virtues' questions on one pair would cost twice what they need. */
  @Test
  void whatCallsCostDecidesHowMuchAttendsAtOnce() {
    int[] pair = new int[100];
    List<int[]> questions = new ArrayList<>();
    for (int virtue = 1; virtue <= 6; virtue++) {
      int[] question = Arrays.copyOf(pair, 130);
      question[100] = virtue;
      questions.add(question);
    }
    Forest forest = Forest.of(questions);
    // At once 280 × 280 products; apart 100 × 100 and six times 30 × 130, in six calls more.
    long saved = 280 * 280 - 100 * 100 - 6 * 30 * 130;
    assertThat(AttentionBlock.of(forest, 384, saved / 6 - 1, NO_WINDOW)).hasSize(7);
    assertThat(AttentionBlock.of(forest, 384, saved / 6 + 1, NO_WINDOW)).hasSize(1);
  }

  @Test
  void anEmptySequenceIsRefused() {
    assertThatThrownBy(() -> Forest.of(List.of(new int[] {1}, new int[0])))
        .hasMessageContaining("sequence 1");
  }

  private static boolean[][] expected(Forest forest, int window) {
    boolean[][] expected = new boolean[forest.tokens()][forest.tokens()];
    for (int i = 0; i < forest.sequences(); i++) {
      int[] path = forest.path(i);
      for (int query = 0; query < path.length; query++) {
        for (int key = Math.max(0, query - window + 1); key <= query; key++) {
          expected[path[query]][path[key]] = true;
        }
      }
    }
    return expected;
  }

  private static boolean[][] seen(Forest forest, int cap, long call, int window) {
    boolean[][] seen = new boolean[forest.tokens()][forest.tokens()];
    for (AttentionBlock block : AttentionBlock.of(forest, cap, call, window)) {
      List<Integer> keys = new ArrayList<>();
      for (int[] range : block.ancestorRanges()) {
        for (int key = range[0]; key < range[1]; key++) {
          keys.add(key);
        }
      }
      for (int own = 0; own < block.queries(); own++) {
        keys.add(block.start() + own);
      }
      keys.subList(0, block.passed()).clear();
      assertThat(keys).hasSize(block.keys());
      for (int query = 0; query < block.queries(); query++) {
        for (int key = 0; key < keys.size(); key++) {
          seen[block.start() + query][keys.get(key)] |=
              block.visible()[query * block.keys() + key] == 1;
        }
      }
    }
    return seen;
  }

  private static List<int[]> randomSequences(CountedRandom random) {
    List<int[]> sequences = new ArrayList<>();
    int count = 1 + random.below(8, 0);
    for (int i = 0; i < count; i++) {
      CountedRandom draws = random.at(i);
      int[] sequence = new int[1 + draws.below(9, 0)];
      for (int j = 0; j < sequence.length; j++) {
        sequence[j] = draws.below(2, j + 1);
      }
      sequences.add(sequence);
    }
    return sequences;
  }
}
