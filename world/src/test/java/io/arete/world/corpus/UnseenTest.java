package io.arete.world.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.data.Split;
import io.arete.world.World;
import io.arete.world.bank.Wrapping;
import io.arete.world.language.FillingSplits;
import io.arete.world.language.PromptKind;
import io.arete.world.plain.PlainQuestion;
import io.arete.world.text.Filling;
import io.arete.world.text.FillingSort;
import io.arete.world.text.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the corpus must not hold, and what it must so that the rest is fair. */
class UnseenTest {

  private static final World WORLD = World.standard();
  private static final Set<String> TEXTS = texts(4000);
  private static final Set<String> KNOWN =
      TEXTS.stream().flatMap(text -> Words.of(text).stream()).collect(Collectors.toSet());

  @Test
  void noFillingOfWatchOrVerdictOccurs() {
    FillingSplits splits = new FillingSplits(WORLD.bank().slots().sorts(), WORLD.bank().splits());
    Set<List<String>> forbidden = new HashSet<>();
    for (FillingSort sort : WORLD.bank().slots().sorts()) {
      for (Split split : List.of(Split.WATCH, Split.VERDICT)) {
        for (Filling filling : splits.fillings(sort.name(), split)) {
          forbidden.add(Words.of(filling.whole()));
        }
      }
    }
    assertThat(forbidden).hasSizeGreaterThan(100).allMatch(words -> words.size() == 2);
    Set<List<String>> found = new HashSet<>();
    for (String text : TEXTS) {
      List<String> words = Words.of(text);
      for (int i = 0; i + 1 < words.size(); i++) {
        if (forbidden.contains(words.subList(i, i + 2))) {
          found.add(words.subList(i, i + 2));
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void noPlainQuestionOfWatchOrVerdictOccurs() {
    for (Split split : List.of(Split.WATCH, Split.VERDICT)) {
      assertThat(WORLD.questions().questions(split).stream().map(PlainQuestion::text))
          .noneMatch(TEXTS::contains);
    }
  }

  @Test
  void wrappingsThatAreNotTaughtNeverOccurButAllTheirWordsDo() {
    for (Wrapping wrapping : WORLD.bank().wrappings()) {
      for (String wording : wrapping.wordings()) {
        for (String part : List.of(wording.split("\\{prompt}", -1))) {
          if (!part.isBlank()) {
            assertThat(TEXTS.stream().anyMatch(text -> text.contains(part.strip())))
                .as(part)
                .isEqualTo(wrapping.taught());
            assertThat(KNOWN).as(part).containsAll(Words.of(part));
          }
        }
      }
    }
  }

  @Test
  void everyWordOfWatchAndVerdictPromptsIsKnown() {
    for (Split split : List.of(Split.WATCH, Split.VERDICT)) {
      for (PromptKind kind : PromptKind.values()) {
        for (int i = 0; i < 300; i++) {
          String text = WORLD.prompts().prompt(split, kind, i).text();
          assertThat(KNOWN.containsAll(Words.of(text))).as(text).isTrue();
        }
      }
    }
  }

  /** The talks of one document differ in the name of a virtue only, so one is enough. */
  private static Set<String> texts(int documents) {
    Corpus corpus = Corpus.standard(1);
    return LongStream.range(0, documents)
        .mapToObj(number -> corpus.document(number).talks().get(0))
        .flatMap(List::stream)
        .map(message -> message.message().content())
        .collect(Collectors.toSet());
  }
}
