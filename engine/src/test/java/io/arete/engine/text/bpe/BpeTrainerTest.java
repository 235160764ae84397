package io.arete.engine.text.bpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BpeTrainerTest {

  private static final int BYTES = 256;

  @Test
  void equalsItsSlowTwinOnTextsFullOfTiesAndRuns() {
    CountedRandom random = CountedRandom.of(11);
    for (int round = 0; round < 60; round++) {
      List<String> texts = texts(random.at(round));
      BpeSettings settings = new BpeSettings(BYTES + 80, 1 + round % 4);
      assertThat(trained(texts, settings).tokens())
          .as("round %d of seed 11", round)
          .isEqualTo(NaiveBpe.tokens(texts, settings));
    }
  }

  @Test
  void theOrderOfTheTextsDoesNotMatter() {
    List<String> texts = texts(CountedRandom.of(12));
    BpeSettings settings = new BpeSettings(BYTES + 60, 2);
    ByteLevelBpe forward = trained(texts, settings);
    Collections.reverse(texts);
    assertThat(trained(texts, settings)).isEqualTo(forward);
  }

  @Test
  void mergesBeginWithTheMostFrequentPairAndOfEqualsWithTheLowestIds() {
    ByteLevelBpe bpe = trained(List.of("cd", "ab", "ab", "cd", "ef", "é"), settings(BYTES + 4, 1));
    assertThat(bpe.tokens().subList(BYTES, BYTES + 4)).containsExactly("ab", "cd", "ef", "Ã©");
    assertThat(bpe.merges()).extracting(Merge::result).containsExactly(256, 257, 258, 259);
  }

  @Test
  void wordsKeepApartAndSpacesBelongToTheNextWord() {
    ByteLevelBpe bpe = trained(List.of("no no no no1 no1"), settings(BYTES + 50, 2));
    assertThat(bpe.tokens().subList(BYTES, bpe.tokens().size())).containsExactly("no", "Ġno");
  }

  @Test
  void trainingEndsWhereNoPairIsFrequentEnough() {
    List<String> texts = List.of("abab", "ab", "x");
    assertThat(trained(texts, settings(1000, 4)).tokens()).hasSize(BYTES);
    assertThat(trained(texts, settings(1000, 3)).tokens()).hasSize(BYTES + 1);
    assertThat(trained(texts, settings(1000, 1)).tokens()).hasSize(BYTES + 2).endsWith("abab");
    assertThat(trained(List.of(), settings(1000, 1)).tokens()).hasSize(BYTES);
  }

  @Test
  void countsBeyondIntAreCounted() {
    Pairs pairs = new Pairs(1);
    pairs.add(1, 2, 3_000_000_000L, 0);
    pairs.add(3, 4, 3_000_000_001L, 0);
    pairs.enqueueCreated();
    assertThat(pairs.poll()).isNotNull().extracting(pair -> pair.left).isEqualTo(3);
  }

  @Test
  void ordinaryLettersNeverBecomeASpecialToken() {
    SpecialTokenSet special = new SpecialTokenSet(List.of("<|x|>", "ab"), Map.of());
    List<String> texts = List.of("<|x|>cd<|x|>", "abcd", "zab", "aab");
    ByteLevelBpe bpe = BpeTrainer.train(WordCounts.of(texts, special), settings(1000, 1));
    assertThat(bpe.tokens()).hasSize(2 + BYTES + 1).startsWith("<|x|>", "ab").endsWith("cd");
  }

  @Test
  void aVocabularyTooSmallForItsBytesAndSpecialTokensIsNamed() {
    SpecialTokenSet special = new SpecialTokenSet(List.of("<|x|>"), Map.of());
    assertThatThrownBy(() -> BpeTrainer.train(WordCounts.of(List.of(), special), settings(256, 1)))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("256")
        .hasMessageContaining("257");
    assertThatThrownBy(() -> settings(255, 1)).hasMessageContaining("255");
    assertThatThrownBy(() -> settings((1 << 20) + 1, 1)).hasMessageContaining("1048577");
    assertThatThrownBy(() -> settings(300, 0)).hasMessageContaining("frequency");
  }

  private static BpeSettings settings(int vocabularySize, long minimumFrequency) {
    return new BpeSettings(vocabularySize, minimumFrequency);
  }

  private static ByteLevelBpe trained(List<String> texts, BpeSettings settings) {
    return BpeTrainer.train(WordCounts.of(texts, SpecialTokenSet.none()), settings);
  }

  /** Texts of few letters, so that pairs overlap and counts are equal. */
  private static List<String> texts(CountedRandom random) {
    String letters = "aaab ";
    List<String> texts = new ArrayList<>();
    for (int text = 0; text < 30; text++) {
      CountedRandom draws = random.at(text);
      StringBuilder written = new StringBuilder();
      int length = draws.below(25, 0);
      for (int i = 1; i <= length; i++) {
        written.append(letters.charAt(draws.below(letters.length(), i)));
      }
      texts.add(written.toString());
    }
    return texts;
  }
}
