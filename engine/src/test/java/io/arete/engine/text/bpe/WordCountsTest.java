package io.arete.engine.text.bpe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordCountsTest {

  private static final SpecialTokenSet NONE = SpecialTokenSet.none();

  @Test
  void wordsAreCountedOverAllTexts() {
    WordCounts words = WordCounts.of(List.of("I'll go, I said", "go"), NONE);
    assertThat(words.counts())
        .isEqualTo(Map.of("I", 1L, "'ll", 1L, " go", 1L, ",", 1L, " I", 1L, " said", 1L, "go", 1L));
    assertThat(words.forgotten()).isZero();
  }

  @Test
  void specialTokensAreCutOutTheLongestFirst() {
    SpecialTokenSet special = new SpecialTokenSet(List.of("<a>", "<a>+", "(.*)"), Map.of());
    WordCounts words = WordCounts.of(List.of("x<a>+y<a> z(.*)<a><a>"), special);
    assertThat(words.counts()).isEqualTo(Map.of("x", 1L, "y", 1L, " z", 1L));
  }

  @Test
  void theRarestWordsAreForgottenWhereMemoryIsBounded() {
    List<String> texts = new ArrayList<>(Collections.nCopies(50, "often"));
    texts.addAll(Collections.nCopies(3, "seldom"));
    for (int i = 0; i < 100; i++) {
      texts.add("rare" + Integer.toString(i, 36).replaceAll("[0-9]", "_"));
    }
    long aFewWords = 1500;
    WordCounts words = WordCounts.of(texts, NONE, aFewWords);
    assertThat(words.counts()).containsEntry("often", 50L).hasSizeLessThan(10);
    long kept = words.counts().values().stream().mapToLong(Long::longValue).sum();
    long all = WordCounts.of(texts, NONE).counts().values().stream().mapToLong(i -> i).sum();
    assertThat(words.forgotten()).isPositive().isEqualTo(all - kept);
  }

  @Test
  void evenOneWordTooLongIsForgotten() {
    WordCounts words = WordCounts.of(List.of("short", "l".repeat(1000)), NONE, 1000);
    assertThat(words.counts()).isEmpty();
    assertThat(words.forgotten()).isEqualTo(2);
  }

  @Test
  void longRunsDoNotOverflowTheStack() {
    String run = "a".repeat(300_000) + " ".repeat(300_000) + "b";
    assertThat(WordCounts.of(List.of(run), NONE).counts()).hasSize(3);
  }
}
