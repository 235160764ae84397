package io.arete.rlaif.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.rlaif.config.CheckSettings;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.gate.GateResult.Outcome;
import io.arete.rlaif.run.Metric;
import io.arete.rlaif.stats.Interval;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Gates of experiments, each at its edges: one step further and a run is stopped, or is not. */
class CheckGateTest {

  private static final Facet FACET = Facet.ACTION;

  @Test
  void textsAtTheirLongestWarnAboveFiveAndStopAboveTwentyPercent() {
    assertThat(TextLengthGate.of(FACET, 50, 1000, 0.05, 0.2).outcome()).isEqualTo(Outcome.PASSED);
    assertThat(TextLengthGate.of(FACET, 51, 1000, 0.05, 0.2).outcome()).isEqualTo(Outcome.WARNED);
    assertThat(TextLengthGate.of(FACET, 200, 1000, 0.05, 0.2).outcome()).isEqualTo(Outcome.WARNED);
    assertThat(TextLengthGate.of(FACET, 201, 1000, 0.05, 0.2).outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(TextLengthGate.of(FACET, 0, 0, 0.05, 0.2).passed()).isTrue();
  }

  @Test
  void pairsAlikeOnceCutOnlyWarn() {
    assertThat(IdenticalPairsGate.of(FACET, 1, 100, 0.01).passed()).isTrue();
    GateResult many = IdenticalPairsGate.of(FACET, 100, 100, 0.01);
    assertThat(many.outcome()).isEqualTo(Outcome.WARNED);
  }

  @Test
  void repliesThatWereCutOffWarnAndStop() {
    assertThat(CutReplyGate.of(FACET, 5, 100, 0.05, 0.35).outcome()).isEqualTo(Outcome.PASSED);
    assertThat(CutReplyGate.of(FACET, 35, 100, 0.05, 0.35).outcome()).isEqualTo(Outcome.WARNED);
    assertThat(CutReplyGate.of(FACET, 36, 100, 0.05, 0.35).outcome()).isEqualTo(Outcome.STOPPED);
    // People's own actions were not sampled.
    assertThat(CutReplyGate.of(FACET, 0, 0, 0.05, 0.35).outcome()).isEqualTo(Outcome.CANNOT_TELL);
  }

  @Test
  void aProbeMustBeatTheLuckiestShuffle() {
    assertThat(ProbeGate.of(FACET, 61, shuffles(60, 40), 50, 100).outcome())
        .isEqualTo(Outcome.PASSED);
    assertThat(ProbeGate.of(FACET, 60, shuffles(60, 40), 50, 100).outcome())
        .isEqualTo(Outcome.STOPPED);
    assertThat(ProbeGate.of(FACET, 60, shuffles(60, 40), 49, 100).outcome())
        .isEqualTo(Outcome.CANNOT_TELL);
    assertThat(ProbeGate.of(FACET, 20, shuffles(30, 20), 50, 49).outcome())
        .isEqualTo(Outcome.CANNOT_TELL);
  }

  @Test
  void shufflesThatAreRightTooOftenAreALeak() {
    // Wilson's low end at 100 pairs passes 0.5 between 59 and 60 right.
    assertThat(ProbeLeakGate.of(FACET, shuffles(59, 59), 100).passed()).isTrue();
    assertThat(ProbeLeakGate.of(FACET, shuffles(60, 60), 100).halts()).isTrue();
    assertThat(ProbeLeakGate.of(FACET, new int[0], 100).outcome()).isEqualTo(Outcome.CANNOT_TELL);
  }

  @Test
  void thePathsMustAgreeWithinOnePointOnTheSameTexts() {
    assertThat(path(0.80, 0.81, true, 0).passed()).isTrue();
    assertThat(path(0.80, 0.8101, true, 0).halts()).isTrue();
    assertThat(path(0.81, 0.80, true, 0).passed()).isTrue();
    assertThat(path(0.80, 0.80, false, 0).meaning()).contains("another shape");
    assertThat(path(0.80, 0.80, true, 1).meaning()).contains("both add the token");
    // A stage that wrote no accuracy has not shown that it agrees.
    assertThat(path(0.80, Double.NaN, true, 0).halts()).isTrue();
  }

  @Test
  void scoresAloneMayDifferByRoundingOnly() {
    assertThat(AloneGate.of(FACET, 1e-3, 24, 1e-3, 1e-3).passed()).isTrue();
    assertThat(AloneGate.of(FACET, 1.1e-3, 24, 1e-3, 1e-3).halts()).isTrue();
    assertThat(AloneGate.of(FACET, 2e-2, 24, 2e-2, 2e-1).passed()).isTrue();
    // Rounding in bfloat16 is worth knowing, and is no bug.
    assertThat(AloneGate.of(FACET, 8.3e-2, 24, 2e-2, 2e-1).outcome()).isEqualTo(Outcome.WARNED);
    assertThat(AloneGate.of(FACET, 2.1e-1, 24, 2e-2, 2e-1).halts()).isTrue();
    assertThat(AloneGate.of(FACET, Double.NaN, 24, 2e-2, 2e-1).halts()).isTrue();
  }

  @Test
  void theChosenReplyMustWinAndOneThatClearlyDoesNotStops() {
    assertThat(BestOfGate.of("the labeler", 60, 40, 0, 8, 0.55).outcome())
        .isEqualTo(Outcome.PASSED);
    assertThat(BestOfGate.of("the labeler", 59, 41, 0, 8, 0.55).outcome())
        .isEqualTo(Outcome.WARNED);
    assertThat(BestOfGate.of("the labeler", 46, 54, 0, 8, 0.55).outcome())
        .isEqualTo(Outcome.WARNED);
    assertThat(BestOfGate.of("the labeler", 45, 55, 0, 8, 0.55).outcome())
        .isEqualTo(Outcome.STOPPED);
    assertThat(BestOfGate.of("the labeler", 99, 0, 0, 8, 0.55).outcome())
        .isEqualTo(Outcome.CANNOT_TELL);
    // Undecided ones count half.
    assertThat(BestOfGate.of("the labeler", 0, 0, 100, 8, 0.55).outcome())
        .isEqualTo(Outcome.WARNED);
  }

  @Test
  void whatTheRewardIsMadeOfOnlyWarns() {
    assertThat(SpreadGate.of(0.2, 800, 0.2).passed()).isTrue();
    assertThat(SpreadGate.of(0.19, 800, 0.2).outcome()).isEqualTo(Outcome.WARNED);
    GateResult one = DominanceGate.of(Map.of("action", 0.61, "disagreement", 0.39), 800, 0.6);
    assertThat(one.outcome()).isEqualTo(Outcome.WARNED);
    assertThat(one.meaning()).startsWith("action");
    assertThat(DominanceGate.of(Map.of("action", 0.6, "disagreement", 0.4), 800, 0.6).passed())
        .isTrue();
  }

  @Test
  void aPolicyIsJudgedAfterAFifthOfItsRun() {
    assertThat(PolicyDrift.judgedFrom(30)).isEqualTo(7);
    assertThat(PolicyDrift.judgedFrom(1)).isEqualTo(2);
    assertThat(UnchangedGate.of(9, 10, 0.9).passed()).isTrue();
    assertThat(UnchangedGate.of(10, 10, 0.9).outcome()).isEqualTo(Outcome.WARNED);
    // It may stand beside a gain, so it must say of which replies it speaks.
    assertThat(UnchangedGate.of(10, 10, 0.9).warning())
        .contains("likeliest reply", "the finished policy samples", "gain all the same");
    assertThat(DivergenceGate.of(10, 256, 10).passed()).isTrue();
    assertThat(DivergenceGate.of(10.1, 256, 10).halts()).isTrue();
    assertThat(DivergenceGate.of(Double.NaN, 256, 10).halts()).isTrue();
    assertThat(GrowthGate.of(FACET, 10, 15, 48, 1.5).passed()).isTrue();
    assertThat(GrowthGate.of(FACET, 10, 15.1, 48, 1.5).outcome()).isEqualTo(Outcome.WARNED);
    assertThat(ShrinkGate.of(FACET, 10, 5, 48, 0.5).passed()).isTrue();
    assertThat(ShrinkGate.of(FACET, 10, 4.9, 48, 0.5).outcome()).isEqualTo(Outcome.WARNED);
    assertThat(CutOffGate.of(FACET, 0.5, 0.5, 48, 0.05, 0.35).passed()).isTrue();
    assertThat(CutOffGate.of(FACET, 0.0, 0.1, 48, 0.05, 0.35).outcome()).isEqualTo(Outcome.WARNED);
    assertThat(CutOffGate.of(FACET, 0.1, 0.5, 48, 0.05, 0.35).outcome()).isEqualTo(Outcome.STOPPED);
  }

  @Test
  void repliesThatBecomeOneAnotherWarnAndStop() {
    assertThat(VarietyGate.of(FACET, 0.8, 0.56, 32, 0.7, 0.5).passed()).isTrue();
    assertThat(VarietyGate.of(FACET, 0.8, 0.55, 32, 0.7, 0.5).outcome()).isEqualTo(Outcome.WARNED);
    // Those of the run on SmolLM2 that learned to apologise for everything.
    assertThat(VarietyGate.of(FACET, 0.876, 0.314, 32, 0.7, 0.5).halts()).isTrue();
    assertThat(VarietyGate.of(FACET, 0.8, Double.NaN, 32, 0.7, 0.5).halts()).isTrue();
    assertThat(VarietyGate.of(FACET, 0.8, 0.1, 15, 0.7, 0.5).outcome())
        .isEqualTo(Outcome.CANNOT_TELL);
    // Whoever asks for more before a stop than before a warning gets the stop.
    assertThat(VarietyGate.of(FACET, 0.8, 0.6, 32, 0.7, 0.8).halts()).isTrue();
  }

  @Test
  void driftIsReadOffALogByFacet() {
    PolicyDrift drift = PolicyDrift.of(metric(10, 0, 0.9, 0), metric(25, 0.4, 0.3, 3), 48);
    assertThat(drift.divergence()).isEqualTo(3);
    assertThat(drift.facets().get(Facet.MOTIVATION))
        .isEqualTo(
            new PolicyDrift.FacetDrift(
                new PolicyDrift.Replies(10, 0, OptionalDouble.of(0.9)),
                new PolicyDrift.Replies(25, 0.4, OptionalDouble.of(0.3))));
  }

  @Test
  void aLogThatCountsNoPairsOfTokensIsJudgedByTheRest() {
    CheckSettings settings = settings();
    Map<String, Double> counted = new LinkedHashMap<>(metric(10, 0, 0.9, 0).values());
    counted.keySet().removeIf(name -> name.startsWith("distinct_2_"));
    Metric old = new Metric(1, counted);
    assertThat(PolicyDrift.of(old, old, 48).judged(settings))
        .extracting(GateResult::name)
        .contains("reply-growth", "cut-off")
        .doesNotContain("reply-variety");
  }

  @Test
  void aGainIsNotClaimedWhereSomethingSpeaksAgainstIt() {
    Interval above = new Interval(0.1, 0.5);
    assertThat(GainGate.of(0.3, above, 50, List.of()).passed()).isTrue();
    GateResult doubted = GainGate.of(0.3, above, 50, List.of("at equal length it is nothing"));
    assertThat(doubted.outcome()).isEqualTo(Outcome.WARNED);
    assertThat(doubted.meaning()).contains("at equal length it is nothing");
    assertThat(GainGate.of(0.3, new Interval(0, 0.6), 50, List.of()).passed()).isFalse();
  }

  @Test
  void anEvaluationThatComesOutOtherwiseStopsAndNamesTheSystem() {
    assertThat(RepeatGate.of(Map.of("base", 0, "tuned", 0), 32).passed()).isTrue();
    GateResult other = RepeatGate.of(Map.of("base", 16, "tuned", 0), 32);
    assertThat(other.halts()).isTrue();
    assertThat(other.value()).contains("16 of 32 of base").doesNotContain("tuned");
  }

  @Test
  void whatCouldNotBeJudgedIsNeitherPassedNorFailedInTheFile() {
    GateResult unknown = GateResult.silent("best-of", "nobody is here");
    JsonNode row = unknown.toJson(GatePhase.BEFORE_PPO, true);
    assertThat(row.path("cannot_tell").asBoolean()).isTrue();
    assertThat(row.path("forced").asBoolean()).isFalse();
    assertThat(GateResult.ofJson(row)).isEqualTo(unknown);
    assertThat(unknown.halts()).isFalse();
  }

  @Test
  void everyGateOfAPhaseHasANameAndThoseThatStopCanBeForced() {
    assertThat(GateNames.FORCEABLE)
        .contains("ties", "cut-replies", "linear-probe", "scoring-path", "best-of", "repeat")
        .doesNotContain("gain", "identical-pairs")
        .doesNotHaveDuplicates();
  }

  @Test
  void foldersThatCannotBeReadStopAtTheScoringPath() throws Exception {
    JsonNode failed = new ObjectMapper().readTree("{\"failed\": \"score.weight is [2, 8]\"}");
    GateResult result = readings().scoring(failed, false).get(0);
    assertThat(result.halts()).isTrue();
    assertThat(result.name()).isEqualTo("scoring-path");
    assertThat(result.value()).contains("score.weight is [2, 8]");
  }

  @Test
  void aPairThatRoundingMayTurnIsNoDifferenceAndOneMoreIs() throws Exception {
    String row = "{\"decided\": 40, \"right\": 30, \"evaluated_accuracy\": %s, \"close\": 1}";
    String facets = "{\"action\": %s}";
    JsonNode one = new ObjectMapper().readTree(facets.formatted(row.formatted(31 / 40.0)));
    JsonNode two = new ObjectMapper().readTree(facets.formatted(row.formatted(32 / 40.0)));
    assertThat(readings().scoring(one, true).get(0).passed()).isTrue();
    assertThat(readings().scoring(two, true).get(0).halts()).isTrue();
  }

  private static CheckReadings readings() {
    return new CheckReadings(settings());
  }

  private static CheckSettings settings() {
    return RecipeReader.parse(
            "name: x\nbase: m\ndata: {prompts: p}\nsft: {enabled: false}\n",
            "x",
            Path.of("/"),
            List.of())
        .gates()
        .checks();
  }

  private static GateResult path(double ours, double theirs, boolean same, long twice) {
    return ScoringPathGate.of(FACET, ours, theirs, same, twice, 150, 0.01);
  }

  private static int[] shuffles(int best, int others) {
    int[] shuffled = new int[19];
    Arrays.fill(shuffled, others);
    shuffled[7] = best;
    return shuffled;
  }

  private static Metric metric(double tokens, double cutOff, double distinct, double k1) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Facet facet : Facet.values()) {
      values.put("tokens_" + facet.wireName(), tokens);
      values.put("cut_off_" + facet.wireName(), cutOff);
      values.put("distinct_2_" + facet.wireName(), distinct);
    }
    values.put("kl_k1", k1);
    return new Metric(1, values);
  }
}
