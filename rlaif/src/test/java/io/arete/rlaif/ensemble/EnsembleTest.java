package io.arete.rlaif.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.GoldenFiles;
import io.arete.rlaif.data.Facet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class EnsembleTest {

  private static final JsonNode GOLDEN = GoldenFiles.json("ppo/ensemble.json");
  private static final CountedRandom KEY = CountedRandom.of(5).at("ensemble");
  private static final List<EnsembleRule> RULES =
      List.of(
          new EnsembleRule.MeanMinusSd(0.5),
          new EnsembleRule.MeanMinusVariance(0.5),
          new EnsembleRule.WorstCase(),
          new EnsembleRule.Mean(),
          new EnsembleRule.Median());

  @Test
  void rulesEqualTheReferenceValues() {
    double k = GOLDEN.get("k").asDouble();
    assertGolden(new EnsembleRule.MeanMinusSd(k), "mean_minus_k_population_std");
    assertGolden(new EnsembleRule.MeanMinusVariance(k), "mean_minus_k_population_variance");
    assertGolden(new EnsembleRule.WorstCase(), "worst_case");
  }

  @Test
  void meanAndMedianAreWhatTheySay() {
    assertThat(new EnsembleRule.Mean().value(new double[] {1, 2, 6})).isEqualTo(3);
    assertThat(new EnsembleRule.Median().value(new double[] {6, 1, 2})).isEqualTo(2);
    assertThat(new EnsembleRule.Median().value(new double[] {6, 1})).isEqualTo(3.5);
  }

  /** Credit by facet must not fall on replies that no one scores; and truth asks more than one. */
  @Test
  void oneMemberAloneIsNoEnsembleButTruthIsThatOfAll() {
    EnsembleRule motivation = new EnsembleRule.One(1, "motivation");
    double[] members = {0.2, -1.5, 3};
    assertThat(motivation.value(members)).isEqualTo(-1.5);
    assertThat(motivation.shares(members)).containsExactly(0, -1.5, 0);
    assertThat(motivation.ofTruth()).isEqualTo(new EnsembleRule.MeanMinusSd(0.5));
  }

  @Test
  void noRuleThatGuardsExceedsTheMean() {
    for (EnsembleRule rule : RULES.subList(0, 4)) {
      for (int i = 0; i < 200; i++) {
        double[] members = members(i, 3);
        double mean = Arrays.stream(members).average().orElseThrow();
        assertThat(rule.value(members)).isLessThanOrEqualTo(mean + 1e-12);
      }
    }
  }

  @Test
  void orderDoesNotMatterAndAgreementCostsNothing() {
    for (EnsembleRule rule : RULES) {
      double[] members = members(7, 3);
      double[] turned = {members[2], members[0], members[1]};
      assertThat(rule.value(turned)).isCloseTo(rule.value(members), within(1e-12));
      assertThat(rule.value(new double[] {0.7, 0.7, 0.7})).isCloseTo(0.7, within(1e-12));
      assertThat(rule.value(new double[] {-0.4})).isCloseTo(-0.4, within(1e-12));
    }
  }

  @Test
  void sharesAddUpToTheScoreUnderEveryRule() {
    for (EnsembleRule rule : RULES) {
      for (int i = 0; i < 50; i++) {
        double[] members = members(i, 1 + i % 4);
        assertThat(Arrays.stream(rule.shares(members)).sum())
            .isCloseTo(rule.value(members), within(1e-12));
      }
      double[] tied = {1, 1, 2, 1};
      assertThat(Arrays.stream(rule.shares(tied)).sum()).isCloseTo(rule.value(tied), within(1e-12));
    }
  }

  @Test
  void theChargeFallsOnWhoDisagrees() {
    // Mean 1, variance (1 + 1 + 4) / 3 = 2; charge 0.5 of each squared distance, over 3.
    double[] shares = new EnsembleRule.MeanMinusVariance(0.5).shares(new double[] {0, 0, 3});
    assertThat(shares)
        .containsExactly(new double[] {-0.5 / 3, -0.5 / 3, (3 - 2) / 3.0}, within(1e-12));
  }

  @Test
  void aScoreIsKeyedByFacetWhateverTheOrderOfItsMap() {
    EnsembleRule rule = new EnsembleRule.WorstCase();
    EnsembleScore score =
        new EnsembleScore(
            Map.of(Facet.CONSEQUENCES, 0.3, Facet.ACTION, -1.0, Facet.MOTIVATION, 0.5), rule);
    assertThat(score.members().keySet()).containsExactly(Facet.values());
    assertThat(score.value()).isEqualTo(-1);
    assertThat(score.shares())
        .containsExactly(
            Map.entry(Facet.ACTION, -1.0),
            Map.entry(Facet.MOTIVATION, 0.0),
            Map.entry(Facet.CONSEQUENCES, 0.0));
  }

  @Test
  void theExplanationShowsTheNumbersOfTheScore() {
    EnsembleScore score =
        new EnsembleScore(
            Map.of(Facet.ACTION, 1.0, Facet.MOTIVATION, 2.0, Facet.CONSEQUENCES, 6.0),
            new EnsembleRule.MeanMinusSd(0.5));
    assertThat(score.value()).isCloseTo(3 - 0.5 * Math.sqrt(14 / 3.0), within(1e-12));
    assertThat(score.explain())
        .isEqualTo(
            """
            ensemble score 1.9199 = mean - 0.5 sd
              mean 3.0000
              sd (population) 2.1602
              charge (mean less score) 1.0801
              members (z units)
                action 1.0000 (share 0.0247)
                motivation 2.0000 (share 0.5895)
                consequences 6.0000 (share 1.3056)""");
  }

  @Test
  void everyRuleNamesItself() {
    assertThat(RULES.stream().map(EnsembleRule::describe))
        .containsExactly("mean - 0.5 sd", "mean - 0.5 variance", "worst case", "mean", "median");
    assertThat(new EnsembleRule.MeanMinusSd(2).describe()).isEqualTo("mean - 2 sd");
  }

  /** Pages explain stored scores by the rule's words alone. */
  @Test
  void theWordsOfARuleGiveTheRuleBack() {
    for (Facet facet : Facet.values()) {
      EnsembleRule alone = EnsembleRule.One.of(facet);
      assertThat(EnsembleRule.described(alone.describe())).contains(alone);
    }
    for (double k : new double[] {0, 0.5, 2, 1e-7, 1e12, 0.1}) {
      for (EnsembleRule rule :
          List.of(new EnsembleRule.MeanMinusSd(k), new EnsembleRule.MeanMinusVariance(k))) {
        assertThat(EnsembleRule.described(rule.describe())).contains(rule);
      }
    }
    for (EnsembleRule rule : RULES) {
      assertThat(EnsembleRule.described(rule.describe())).contains(rule);
    }
    for (String other : List.of("", "mean - -1 sd", "mean - 1E999 sd", "mean - NaN sd", "best")) {
      assertThat(EnsembleRule.described(other)).as(other).isEmpty();
    }
  }

  /** Whoever has one reward model, or the worst of three, is charged nothing for disagreement. */
  @Test
  void aChargeIsExplainedOnlyWhereThereIsOne() {
    Map<Facet, Double> members = Map.of(Facet.ACTION, 1.0, Facet.MOTIVATION, 2.0);
    assertThat(new EnsembleScore(members, new EnsembleRule.WorstCase()).explain())
        .contains(
            "= worst case", "action 1.0000 (share 1.0000)", "motivation 2.0000 (share 0.0000)")
        .doesNotContain("charge");
    assertThat(new EnsembleScore(members, new EnsembleRule.MeanMinusVariance(1)).explain())
        .contains("charge (mean less score)");
  }

  @Test
  void impossibleArgumentsAreNamed() {
    assertThatThrownBy(() -> new EnsembleRule.MeanMinusSd(-0.5))
        .hasMessage("ensemble k is -0.5 but must be 0 or more");
    assertThatThrownBy(() -> new EnsembleRule.MeanMinusVariance(Double.NaN))
        .hasMessage("ensemble lambda is NaN but must be 0 or more");
    assertThatThrownBy(() -> new EnsembleScore(Map.of(), new EnsembleRule.Mean()))
        .hasMessage("an ensemble score has no members but needs at least one");
    assertThatThrownBy(
            () -> new EnsembleScore(Map.of(Facet.ACTION, Double.NaN), new EnsembleRule.Mean()))
        .hasMessage("the action score is NaN but must be finite");
  }

  private static void assertGolden(EnsembleRule rule, String name) {
    for (int i = 0; i < GOLDEN.get("scores").size(); i++) {
      double[] members =
          StreamSupport.stream(GOLDEN.get("scores").get(i).spliterator(), false)
              .mapToDouble(JsonNode::asDouble)
              .toArray();
      assertThat(rule.value(members)).isCloseTo(GOLDEN.get(name).get(i).asDouble(), within(1e-9));
    }
  }

  private static double[] members(int prompt, int n) {
    return IntStream.range(0, n).mapToDouble(KEY.at(prompt)::gaussian).toArray();
  }
}
