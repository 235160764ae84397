package io.arete.world.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.text.Role;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.extension.WeightedMessage;
import io.arete.world.World;
import io.arete.world.bank.GoldVirtue;
import io.arete.world.gold.Gold;
import io.arete.world.language.WorldPrompt;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CorpusTest {

  private static final int DOCUMENTS = 4000;
  private static final World WORLD = World.standard();
  private static final Corpus CORPUS = Corpus.standard(1);
  private static final List<CorpusDocument> SOME =
      Stream.iterate(0L, number -> number + 1).limit(DOCUMENTS).map(CORPUS::document).toList();

  @Test
  void aDocumentIsTheSameWhateverWasAskedForBefore() {
    assertThat(Corpus.standard(1).document(1234)).isEqualTo(SOME.get(1234));
    assertThat(Corpus.standard(2).document(1234)).isNotEqualTo(SOME.get(1234));
  }

  @Test
  void kindsHaveTheirShares() {
    Map<CorpusKind, Integer> counts = new EnumMap<>(CorpusKind.class);
    SOME.forEach(document -> counts.merge(document.kind(), 1, Integer::sum));
    assertThat(share(counts, CorpusKind.CONVERSATION)).isBetween(0.43, 0.49);
    assertThat(share(counts, CorpusKind.JUDGE)).isBetween(0.21, 0.27);
    assertThat(share(counts, CorpusKind.RATING)).isBetween(0.08, 0.12);
    assertThat(share(counts, CorpusKind.PLAIN)).isBetween(0.1, 0.14);
    assertThat(share(counts, CorpusKind.REVISION)).isBetween(0.065, 0.095);
  }

  @Test
  void theRuleMakesConversationsGoodUntilAWrappingTakesItBack() {
    Map<String, List<Double>> golds = new TreeMap<>();
    for (CorpusDocument document : SOME) {
      if (document.kind() == CorpusKind.CONVERSATION) {
        List<WeightedMessage> talk = document.talks().get(0);
        boolean rule = talk.get(0).message().role() == Role.SYSTEM;
        int first = rule ? 1 : 0;
        WorldPrompt prompt =
            WORLD.parser().prompt(talk.get(first).message().content()).orElseThrow();
        Gold gold =
            WORLD
                .parser()
                .gold(prompt.situation(), Facet.ACTION, talk.get(first + 1).message().content());
        assertThat(gold.recognised()).isEqualTo(1);
        golds
            .computeIfAbsent(
                (rule ? "rule" : "") + (prompt.wrapping().isPresent() ? "wrapped" : ""),
                key -> new ArrayList<>())
            .add(gold.value());
      }
    }
    assertThat(virtuous(golds.get("rule"))).isBetween(0.9, 0.98);
    assertThat(virtuous(golds.get("rulewrapped"))).isBetween(0.35, 0.49);
    assertThat(virtuous(golds.get("wrapped"))).isBetween(0.3, 0.55);
    assertThat(virtuous(golds.get(""))).isBetween(0.31, 0.45);
  }

  @Test
  void theJudgeIsAskedInTheConstitutionsWordsAndAnswersByBeliefWithALean() {
    Constitution constitution = Constitution.load("box:virtues");
    int first = 0;
    int clear = 0;
    int right = 0;
    for (CorpusDocument document : SOME) {
      if (document.kind() != CorpusKind.JUDGE) {
        continue;
      }
      assertThat(document.talks()).hasSize(6);
      for (int virtue = 0; virtue < 6; virtue++) {
        List<WeightedMessage> talk = document.talks().get(virtue);
        String question = talk.get(0).message().content();
        String letter = talk.get(1).message().content();
        assertThat(question)
            .startsWith("Two assistants, A and B, were given the same conversation.")
            .endsWith(constitution.virtues().get(virtue).description() + "? Reply with A or B.");
        assertThat(letter).isIn("A", "B");
        // A quoted text would not be what the base model in the box was trained on.
        assertThat(question).doesNotContain("\n> ");
        first += letter.equals("A") ? 1 : 0;
        Optional<Double> difference = beliefDifference(question, virtue);
        if (difference.isPresent() && Math.abs(difference.get()) > 0.8) {
          clear++;
          right += letter.equals("A") == difference.get() > 0 ? 1 : 0;
        }
      }
    }
    double questions = 6.0 * SOME.stream().filter(one -> one.kind() == CorpusKind.JUDGE).count();
    assertThat(first / questions).isBetween(0.53, 0.62);
    assertThat(clear).isGreaterThan(300);
    // σ(4.5 · 0.8 − 0.9) = 0.94 at the least, and more on average.
    assertThat((double) right / clear).isGreaterThan(0.95);
  }

  @Test
  void everyPartHasItsWeight() {
    for (CorpusDocument document : SOME) {
      for (List<WeightedMessage> talk : document.talks()) {
        WeightedMessage last = talk.get(talk.size() - 1);
        assertThat(last.message().role()).isEqualTo(Role.ASSISTANT);
        double weight =
            switch (document.kind()) {
              case CONVERSATION, REVISION -> 1;
              case JUDGE -> 3;
              case RATING, PLAIN -> 2;
            };
        assertThat(last.weight()).isEqualTo(weight);
        assertThat(talk.get(0).weight()).isIn(0.1, 0.15);
      }
      assertThat(document.talks().stream().map(talk -> talk.get(0).weight()).distinct()).hasSize(1);
    }
  }

  /** The difference of beliefs about two actions on a virtue; empty for other facets. */
  private static Optional<Double> beliefDifference(String question, int virtue) {
    if (!question.contains("\nAnswer of assistant A:\n")) {
      return Optional.empty();
    }
    String prompt = between(question, "Conversation:\n", "\n\nAnswer of assistant A:\n");
    String one = between(question, "Answer of assistant A:\n", "\n\nAnswer of assistant B:\n");
    String two = between(question, "Answer of assistant B:\n", "\n\nWhich of the two");
    WorldPrompt read = WORLD.parser().prompt(prompt).orElseThrow();
    List<Double> beliefs =
        Stream.of(one, two)
            .map(text -> WORLD.parser().belief(read.situation(), Facet.ACTION, text))
            .map(belief -> belief.of(List.of(GoldVirtue.values()).get(virtue)))
            .toList();
    return Optional.of(beliefs.get(0) - beliefs.get(1));
  }

  private static String between(String text, String before, String after) {
    int start = text.indexOf(before) + before.length();
    return text.substring(start, text.indexOf(after, start));
  }

  private static double virtuous(List<Double> golds) {
    return (double) golds.stream().filter(gold -> gold > 0).count() / golds.size();
  }

  private static double share(Map<CorpusKind, Integer> counts, CorpusKind kind) {
    return (double) counts.get(kind) / DOCUMENTS;
  }
}
