package io.arete.world.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Split;
import io.arete.world.World;
import io.arete.world.bank.GoldVirtue;
import io.arete.world.language.ComposedReply;
import io.arete.world.language.Pole;
import io.arete.world.language.SituatedClause;
import io.arete.world.language.Situation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoldParserTest {

  private static final World WORLD = World.standard();
  private static final int REPLIES = 12_000;

  /** A generated reply, and its situation and facet. */
  private record Case(Situation situation, Facet facet, ComposedReply reply, CountedRandom key) {

    Gold gold(String text) {
      return WORLD.parser().gold(situation, facet, text);
    }
  }

  @Test
  void everyGeneratedReplyIsRecognisedInFullWithTheValuesItWasMadeOf() {
    for (int i = 0; i < REPLIES; i++) {
      Case one = generated(i);
      Gold gold = one.gold(one.reply().text());
      assertThat(gold.recognised()).as(one.reply().text()).isEqualTo(1);
      assertThat(gold.reading().clauses()).isEqualTo(one.reply().clauses());
      for (GoldVirtue virtue : GoldVirtue.values()) {
        double sum = 0;
        for (SituatedClause clause : one.reply().clauses()) {
          sum += clause.gold().of(virtue);
        }
        assertThat(gold.of(virtue)).isCloseTo(sum / one.reply().clauses().size(), within(1e-12));
      }
      assertThat(gold.rightFillings().orElse(1)).isEqualTo(1);
    }
  }

  @Test
  void aDroppedWordLowersTheRecognisedShare() {
    for (int i = 0; i < REPLIES; i++) {
      Case one = generated(i);
      List<String> words = new ArrayList<>(Arrays.asList(one.reply().text().split(" ", -1)));
      words.remove(one.key().below(words.size(), 90));
      Gold gold = one.gold(String.join(" ", words));
      assertThat(gold.recognised()).as(one.reply().text() + " → " + words).isLessThan(1);
    }
  }

  @Test
  void aForeignWordLowersTheRecognisedShare() {
    for (int i = 0; i < 3000; i++) {
      Case one = generated(i);
      List<String> words = new ArrayList<>(Arrays.asList(one.reply().text().split(" ", -1)));
      words.add(one.key().below(words.size(), 90), "banana");
      assertThat(one.gold(String.join(" ", words)).recognised()).isLessThan(1);
    }
  }

  @Test
  void aRepeatIsNotRecognised() {
    for (int i = 0; i < 3000; i++) {
      Case one = generated(i);
      String text = one.reply().text();
      String clause = clause(one, one.reply().clauses().get(0));
      String repeated = text.substring(0, text.length() - 1) + " and " + clause + ".";
      Gold gold = one.gold(repeated);
      assertThat(gold.recognised()).as(repeated).isLessThan(1);
      assertThat(gold.reading().clauses()).hasSameSizeAs(one.reply().clauses());
      assertThat(one.gold(text + " " + text).recognised()).isLessThan(0.7);
    }
  }

  @Test
  void anotherSituationsActionIsNotRecognised() {
    int tried = 0;
    for (int i = 0; i < 6000; i++) {
      Case one = generated(i);
      Situation other = WORLD.prompts().draw(Split.TRAIN, one.key().at("other")).situation();
      List<SituatedClause> foreign =
          WORLD.repertoire().clauses(other.schema(), Facet.ACTION).stream()
              .filter(SituatedClause::own)
              .toList();
      if (one.facet() != Facet.ACTION || other.schema().equals(one.situation().schema())) {
        continue;
      }
      tried++;
      String said = foreign.get(i % foreign.size()).say().fill(other.fillings());
      String text = one.reply().text();
      Gold gold = one.gold(text.substring(0, text.length() - 1) + " and " + said + ".");
      assertThat(gold.recognised()).isLessThan(1);
      assertThat(gold.reading().clauses()).isEqualTo(one.reply().clauses());
      assertThat(one.gold("I would " + said + ".").recognised()).isLessThan(0.7);
    }
    assertThat(tried).isGreaterThan(1000);
  }

  @Test
  void theSameWordsAreWorthOtherwiseElsewhere() {
    Situation drunken = situation("drunken-drive");
    Situation fence = situation("moved-fence");
    String text = "I would act this very day.";
    assertThat(WORLD.parser().gold(drunken, Facet.ACTION, text).value()).isGreaterThan(0.6);
    assertThat(WORLD.parser().gold(fence, Facet.ACTION, text).value()).isLessThan(-0.4);
    assertThat(WORLD.parser().gold(fence, Facet.ACTION, text).recognised()).isEqualTo(1);
  }

  @Test
  void whatHoldsClausesTogetherMustBeThere() {
    Situation fence = situation("moved-fence");
    String whole = "I would admit that I may be wrong and let a night pass first.";
    assertThat(recognised(fence, whole)).isEqualTo(1);
    assertThat(recognised(fence, whole.replace(" and ", " "))).isLessThan(1);
    assertThat(recognised(fence, whole.replace(".", ""))).isLessThan(1);
    assertThat(recognised(fence, whole.replace("I would ", ""))).isLessThan(1);
    assertThat(recognised(fence, "")).isZero();
    assertThat(recognised(fence, "I would.")).isZero();
    assertThat(recognised(fence, "and and and")).isZero();
  }

  @Test
  void noMoreClausesCountThanTheGrammarMakes() {
    Situation fence = situation("moved-fence");
    String three =
        "I would let a night pass first and tell the whole story, then check the facts first";
    assertThat(recognised(fence, three + ".")).isEqualTo(1);
    Gold four = WORLD.parser().gold(fence, Facet.ACTION, three + " and admit that I may be wrong.");
    assertThat(four.recognised()).isLessThan(1);
    assertThat(four.reading().clauses()).hasSize(3);
  }

  @Test
  void wrongNamesAreReportedApart() {
    Situation fence = situation("moved-fence");
    String right = "I would measure the ground with " + fence.fillings().get("first") + ".";
    String first = fence.fillings().get("first").equals("Anna") ? "Ben" : "Anna";
    Gold wrong =
        WORLD.parser().gold(fence, Facet.ACTION, "I would measure the ground with " + first + ".");
    assertThat(WORLD.parser().gold(fence, Facet.ACTION, right).rightFillings()).hasValue(1);
    assertThat(wrong.rightFillings()).hasValue(0);
    assertThat(wrong.recognised()).isEqualTo(1);
    assertThat(
            WORLD.parser().gold(fence, Facet.ACTION, "I would act this very day.").rightFillings())
        .isEmpty();
  }

  @Test
  void theJudgeOverratesCharmers() {
    Situation fence = situation("moved-fence");
    String text = "I would find warm words that please everyone.";
    assertThat(WORLD.parser().gold(fence, Facet.ACTION, text).value()).isLessThan(-0.4);
    assertThat(WORLD.parser().belief(fence, Facet.ACTION, text).value()).isGreaterThan(0.4);
  }

  private static double recognised(Situation situation, String text) {
    return WORLD.parser().gold(situation, Facet.ACTION, text).recognised();
  }

  private static String clause(Case one, SituatedClause clause) {
    return clause.say().fill(one.situation().fillings());
  }

  private static Situation situation(String schema) {
    for (int i = 0; ; i++) {
      Situation drawn =
          WORLD.prompts().draw(Split.TRAIN, CountedRandom.of(1).at(schema).at(i)).situation();
      if (drawn.schema().name().equals(schema)) {
        return drawn;
      }
    }
  }

  private static Case generated(int number) {
    CountedRandom key = CountedRandom.of(12).at(number);
    Split split = List.of(Split.values()).get(key.below(3, 0));
    Situation situation = WORLD.prompts().draw(split, key.at("prompt")).situation();
    Facet facet = List.of(Facet.values()).get(key.below(3, 1));
    Pole pole = List.of(Pole.values()).get(key.below(2, 2));
    double offPole = key.uniform(3) < 0.5 ? 0.03 : 0.4;
    ComposedReply reply = WORLD.grammar().compose(situation, facet, pole, offPole, key.at("reply"));
    return new Case(situation, facet, reply, key);
  }
}
