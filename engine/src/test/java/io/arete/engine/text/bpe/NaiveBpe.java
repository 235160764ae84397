package io.arete.engine.text.bpe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The slow twin of {@link BpeTrainer}: counts every pair of every text anew before each merge. */
final class NaiveBpe {

  private final List<String> tokens = new ArrayList<>(ByteAlphabet.inOrder());
  private final List<List<Integer>> words = new ArrayList<>();

  private NaiveBpe(List<String> texts) {
    WordSplitter splitter = new WordSplitter(SpecialTokenSet.none());
    for (String text : texts) {
      splitter.split(text, word -> words.add(bytes(word)));
    }
  }

  /** The texts of all tokens by id, without special tokens. */
  static List<String> tokens(List<String> texts, BpeSettings settings) {
    NaiveBpe bpe = new NaiveBpe(texts);
    while (bpe.tokens.size() < settings.vocabularySize()) {
      Optional<Map.Entry<List<Integer>, Long>> best = bpe.mostFrequent();
      if (best.isEmpty() || best.get().getValue() < settings.minimumFrequency()) {
        break;
      }
      List<Integer> pair = best.get().getKey();
      bpe.tokens.add(bpe.tokens.get(pair.get(0)) + bpe.tokens.get(pair.get(1)));
      bpe.words.replaceAll(word -> merged(word, pair, bpe.tokens.size() - 1));
    }
    return bpe.tokens;
  }

  private static List<Integer> bytes(String word) {
    List<Integer> ids = new ArrayList<>();
    for (byte value : word.getBytes(StandardCharsets.UTF_8)) {
      ids.add(ByteAlphabet.rank(value));
    }
    return ids;
  }

  private Optional<Map.Entry<List<Integer>, Long>> mostFrequent() {
    Map<List<Integer>, Long> counts = new LinkedHashMap<>();
    for (List<Integer> word : words) {
      for (int i = 0; i + 1 < word.size(); i++) {
        counts.merge(List.of(word.get(i), word.get(i + 1)), 1L, Long::sum);
      }
    }
    return counts.entrySet().stream()
        .min(
            Comparator.comparing((Map.Entry<List<Integer>, Long> entry) -> -entry.getValue())
                .thenComparing(entry -> entry.getKey().get(0))
                .thenComparing(entry -> entry.getKey().get(1)));
  }

  private static List<Integer> merged(List<Integer> word, List<Integer> pair, int result) {
    List<Integer> ids = new ArrayList<>();
    int i = 0;
    while (i < word.size()) {
      boolean found = i + 1 < word.size() && word.subList(i, i + 2).equals(pair);
      ids.add(found ? result : word.get(i));
      i += found ? 2 : 1;
    }
    return ids;
  }
}
