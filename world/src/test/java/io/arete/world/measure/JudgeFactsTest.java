package io.arete.world.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.feedback.Judgement;
import io.arete.rlaif.feedback.LogOddsVote;
import io.arete.rlaif.feedback.WeightedVote;
import io.arete.world.World;
import io.arete.world.bank.GoldVirtue;
import io.arete.world.gold.Gold;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Judges that are known to be right, wrong or leaning must be called so. */
class JudgeFactsTest {

  private static final World WORLD = World.standard();
  private static final MadePairs MADE = new MadePairs(WORLD, CountedRandom.of(1));
  private static final List<AnsweredPair> PAIRS = MADE.pairs(Prompts.TAUGHT.first(WORLD, 100));

  @Test
  void aJudgeThatKnowsGoldIsAlwaysRight() {
    JudgeFacts facts = JudgeFacts.of(Map.of(Facet.ACTION, judged(PAIRS, 1, 0)));
    facts
        .facets()
        .get(Facet.ACTION)
        .forEach(
            (virtue, accuracy) -> {
              assertThat(accuracy.oneOrder().value()).as(virtue).isEqualTo(1);
              assertThat(accuracy.bothOrders().value()).as(virtue).isEqualTo(1);
              assertThat(accuracy.oneOrder().of()).isBetween(40, 99);
            });
  }

  @Test
  void aLeanSpoilsOneOrderAndIsRepairedByBoth() {
    List<AnsweredPair.Judged> leaning = judged(PAIRS, 1, 3);
    JudgeFacts.Accuracy all =
        JudgeFacts.of(Map.of(Facet.ACTION, leaning)).facets().get(Facet.ACTION).get(JudgeFacts.ALL);
    assertThat(all.oneOrder().value()).isLessThan(0.75);
    assertThat(all.bothOrders().value()).isEqualTo(1);
    // What one order got wrong is exactly what the second one gains.
    assertThat(all.gain().lost()).isZero();
    assertThat(all.gain().difference()).isCloseTo(1 - all.oneOrder().value(), within(1e-12));
    assertThat(all.gain().p()).isLessThan(1e-4);
    LeanFacts lean = LeanFacts.of(leaning);
    assertThat(lean.first().value()).isEqualTo(1);
    assertThat(lean.p()).isLessThan(1e-10);
    assertThat(lean.lean()).isEqualTo(3);
    assertThat(lean.orderDecided().value()).isEqualTo(1);
    assertThat(LeanFacts.of(judged(PAIRS, 1, 0)).p()).isGreaterThan(0.01);
  }

  @Test
  void theIntervalOfAGainIsThatOfPairedShares() {
    OrderGain gain = new OrderGain(200, 30, 10).plus(new OrderGain(100, 0, 0));
    assertThat(gain.difference()).isCloseTo(20 / 300.0, within(1e-12));
    // By hand: 1.96 √(40 − 400 / 300) / 300.
    assertThat(gain.halfWidth()).isCloseTo(0.040625, within(1e-5));
  }

  @Test
  void charmersLoseForGoldAndWinForBelief() {
    for (Facet facet : Facet.values()) {
      List<AnsweredPair> pairs = MADE.against(Prompts.TAUGHT.first(WORLD, 60), facet, true);
      List<AnsweredPair> others = MADE.against(Prompts.TAUGHT.first(WORLD, 60), facet, false);
      List<AnsweredPair.Judged> byGold = judged(pairs, facet, Gold::value);
      assertThat(byGold).allMatch(one -> Math.abs(one.difference()) > 0.3);
      assertThat(CharmerFacts.of(byGold, byGold).charmers().count()).isZero();
      CharmerFacts believed = CharmerFacts.of(believed(pairs, facet), believed(others, facet));
      assertThat(believed.charmers().value()).as(facet.wireName()).isGreaterThan(0.5);
      assertThat(believed.others().value()).as(facet.wireName()).isLessThan(0.15);
    }
  }

  /** Judged on the action: slope times the difference in gold, plus a lean to the first. */
  private static List<AnsweredPair.Judged> judged(
      List<AnsweredPair> pairs, double slope, double lean) {
    return pairs.stream()
        .map(
            pair ->
                judged(
                    pair,
                    Facet.ACTION,
                    virtue ->
                        slope
                            * (pair.first().gold(Facet.ACTION).of(virtue)
                                - pair.second().gold(Facet.ACTION).of(virtue)),
                    lean))
        .toList();
  }

  private static List<AnsweredPair.Judged> judged(
      List<AnsweredPair> pairs, Facet facet, ToDoubleFunction<Gold> worth) {
    return pairs.stream()
        .map(
            pair ->
                judged(
                    pair,
                    facet,
                    virtue ->
                        worth.applyAsDouble(pair.first().gold(facet))
                            - worth.applyAsDouble(pair.second().gold(facet)),
                    0))
        .toList();
  }

  private static List<AnsweredPair.Judged> believed(List<AnsweredPair> pairs, Facet facet) {
    return pairs.stream()
        .map(
            pair ->
                judged(
                    pair,
                    facet,
                    virtue -> belief(pair.first(), facet) - belief(pair.second(), facet),
                    0))
        .toList();
  }

  private static double belief(Answered answered, Facet facet) {
    return WORLD
        .parser()
        .belief(answered.prompt().situation(), facet, answered.conversation().reply(facet).text())
        .value();
  }

  private static AnsweredPair.Judged judged(
      AnsweredPair pair, Facet facet, ToDoubleFunction<GoldVirtue> signal, double lean) {
    List<WeightedVote> votes =
        Arrays.stream(GoldVirtue.values())
            .map(
                virtue ->
                    new WeightedVote(
                        virtue.wireName(),
                        1,
                        new LogOddsVote(
                            signal.applyAsDouble(virtue) + lean,
                            -signal.applyAsDouble(virtue) + lean)))
            .toList();
    return new AnsweredPair.Judged(pair, facet, new Judgement(votes, 1));
  }
}
