package io.arete.world.survey;

import io.arete.rlaif.extension.WeightedMessage;
import io.arete.world.corpus.Corpus;
import io.arete.world.corpus.CorpusDocument;
import io.arete.world.corpus.CorpusKind;
import io.arete.world.text.Words;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The corpus in numbers.
 *
 * @param lengths by kind, words and marks of each document's first talk
 * @param words different ones
 */
public record CorpusSurvey(Map<CorpusKind, List<Integer>> lengths, int words) {

  /** Surveys the first documents of a corpus. */
  public static CorpusSurvey of(Corpus corpus, int documents) {
    Map<CorpusKind, List<Integer>> lengths = new EnumMap<>(CorpusKind.class);
    Set<String> different = new HashSet<>();
    for (int i = 0; i < documents; i++) {
      CorpusDocument document = corpus.document(i);
      int length = 0;
      for (WeightedMessage message : document.talks().get(0)) {
        List<String> words = Words.of(message.message().content());
        length += words.size();
        different.addAll(words);
      }
      lengths.computeIfAbsent(document.kind(), kind -> new ArrayList<>()).add(length);
    }
    return new CorpusSurvey(lengths, different.size());
  }

  /** The survey as lines of text. */
  public String text() {
    StringBuilder text = new StringBuilder("corpus: " + words + " different words; words a talk:");
    lengths.forEach(
        (kind, all) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    " %s %.0f (at most %d)",
                    kind.wireName(),
                    all.stream().mapToInt(length -> length).average().orElse(0),
                    all.stream().mapToInt(length -> length).max().orElse(0))));
    return text.append(System.lineSeparator()).toString();
  }
}
