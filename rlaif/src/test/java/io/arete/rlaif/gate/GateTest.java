package io.arete.rlaif.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.rlaif.config.GatesSection;
import io.arete.rlaif.config.LabelLimits;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stats.Interval;
import io.arete.rlaif.stats.Wilson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {

  @TempDir private Path folder;

  @Test
  void aFirstLossThatIsNotLnTwoStopsOverEnoughPairsAndWarnsOverFew() {
    assertThat(FirstLossGate.of(Facet.ACTION, 0.70, 128, 0.02, 128).passed()).isTrue();
    GateResult wrong = FirstLossGate.of(Facet.ACTION, 0.72, 128, 0.02, 128);
    assertThat(wrong.halts()).isTrue();
    GateResult few = FirstLossGate.of(Facet.ACTION, 0.72, 16, 0.02, 128);
    assertThat(few.passed()).isFalse();
    assertThat(few.halts()).isFalse();
  }

  @Test
  void aLossThatWasNeverMeasuredDoesNotPass() {
    assertThat(FirstLossGate.of(Facet.ACTION, Double.NaN, 128, 0.02, 128).passed()).isFalse();
    assertThat(HeldOutLossGate.of(Facet.ACTION, Double.NaN, 400).passed()).isFalse();
  }

  @Test
  void theLowEndOfTheAccuracyDecidesAndSaysWhetherMorePairsWouldHelp() {
    assertThat(accuracy(264, 400).passed()).isTrue();
    GateResult wide = accuracy(230, 400);
    assertThat(wide.halts()).isTrue();
    assertThat(wide.meaning()).contains("so few pairs");
    GateResult guess = accuracy(200, 400);
    assertThat(guess.halts()).isTrue();
    assertThat(guess.meaning()).contains("has not learned");
  }

  @Test
  void aHeldOutLossOfLnTwoIsNothingLearned() {
    assertThat(HeldOutLossGate.of(Facet.ACTION, Math.log(2), 400).halts()).isTrue();
    assertThat(HeldOutLossGate.of(Facet.ACTION, 0.66, 400).passed()).isTrue();
  }

  /** What could not be read is no tie, and hides none. */
  @Test
  void onlyPairsThatWereReadCanBeTies() throws IOException {
    JsonNode row = new ObjectMapper().readTree("{\"pairs\": 400, \"too_long\": 1, \"ties\": 399}");
    assertThat(LabelReadings.byDefault().labels(Facet.ACTION, row))
        .singleElement()
        .satisfies(ties -> assertThat(ties.outcome()).isEqualTo(GateResult.Outcome.STOPPED));
  }

  @Test
  void aLabelerThatReadsNoneOfTheKnownPairsIsStopped() throws IOException {
    try (RunFolder run = RunFolder.open(folder.resolve("unread"))) {
      AtomicFile.writeText(
          run.stage(Stage.FEEDBACK).resolve("agreement.json"),
          "{\"calibration\": {\"action\": {\"pairs\": 400, \"too_long\": 400, \"ties\": 0}}}");
      assertThat(LabelReadings.byDefault().calibration(run))
          .filteredOn(GateResult::halts)
          .extracting(GateResult::name)
          .containsExactly(AgreementGate.NAME);
    }
  }

  /** A second seed's mean is rewarded, too; a model that only looks on stops nothing. */
  @Test
  void everyRewardModelIsJudgedAndThoseThatRewardCanStop() throws IOException {
    String learned =
        "{\"n\": 400, \"decided\": 400, \"accuracy\": 0.9, \"accuracy_low\": 0.87, \"accuracy_high\":"
            + " 0.93, \"first_loss\": 0.693, \"first_pairs\": 128,"
            + " \"temperature_fit\": {\"held_out_loss\": 0.4}}";
    String unlearned =
        learned.replace("0.9,", "0.5,").replace("0.87", "0.45").replace("0.93", "0.55");
    try (RunFolder run = RunFolder.open(folder.resolve("sets"))) {
      for (Facet facet : Facet.values()) {
        for (String set : List.of("", "seed-2", "watch", "verdict")) {
          AtomicFile.writeText(
              run.stage(Stage.REWARD).resolve(set).resolve(facet.wireName() + "/evaluation.json"),
              set.isEmpty() ? learned : unlearned);
        }
      }
      List<GateResult> failed =
          GateReadings.reward(
                  run,
                  gates(),
                  rewards("reward: {seeds: 2, watch_model: true}"),
                  Set.of(Facet.ACTION))
              .stream()
              .filter(result -> !result.passed())
              .toList();
      assertThat(failed)
          .filteredOn(GateResult::halts)
          .extracting(GateResult::title)
          .containsExactly("held-out-accuracy (action, seed-2)");
      assertThat(failed)
          .hasSize(9)
          .extracting(GateResult::title)
          .contains("held-out-accuracy (action, watch)", "held-out-accuracy (motivation, verdict)");
    }
  }

  private static GatesSection gates() {
    return recipe("").gates();
  }

  private static RewardSection rewards(String section) {
    return recipe(section).reward();
  }

  private static Recipe recipe(String more) {
    return RecipeReader.parse(
        "name: a\nbase: b\ndata: {pairs: p}\n" + more + "\n", "a.yaml", Path.of("."), List.of());
  }

  @Test
  void aLabelerIsStoppedByTiesByOrderByMassAndByDisagreementWithPeople() {
    assertThat(TiesGate.of(Facet.ACTION, 10, 10, 0.5).halts()).isTrue();
    assertThat(TiesGate.of(Facet.ACTION, 9, 10, 0.5).outcome())
        .isEqualTo(GateResult.Outcome.WARNED);
    assertThat(TiesGate.of(Facet.ACTION, 5, 10, 0.5).passed()).isTrue();
    assertThat(TiesGate.of(Facet.ACTION, 10, 10, 1).halts()).isTrue();
    assertThat(order(70).halts()).isTrue();
    // So few pairs cannot tell 51 % from half: a warning.
    assertThat(order(51).passed()).isFalse();
    assertThat(order(51).halts()).isFalse();
    assertThat(order(50).passed()).isTrue();
    assertThat(AnswerMassGate.of(Facet.ACTION, 0.09, 100, 0.1).halts()).isTrue();
    assertThat(
            AgreementGate.of(Facet.ACTION, "people", 0.53, new Interval(0.48, 0.58), 400, 0.5)
                .halts())
        .isTrue();
    assertThat(
            AgreementGate.of(Facet.ACTION, "people", 0.6, new Interval(0.55, 0.65), 400, 0.5)
                .passed())
        .isTrue();
  }

  @Test
  void answersThatCannotBeReadWarnAndStopWhereTheyAreMany() {
    assertThat(unread(0, 400).passed()).isTrue();
    assertThat(unread(2, 400).passed()).isTrue();
    GateResult some = unread(6, 400);
    assertThat(some.passed()).isFalse();
    assertThat(some.halts()).isFalse();
    assertThat(unread(12, 400).halts()).isTrue();
    // Two and a half per cent, but one pair: it may have been the only one.
    assertThat(unread(1, 40).passed()).isFalse();
    assertThat(unread(1, 40).halts()).isFalse();
    assertThat(GateNames.FORCEABLE).contains(unread(12, 400).name());
  }

  @Test
  void unreadAnswersAreReadOutOfAgreementJsonBeforeAndAfterLabels() {
    try (RunFolder run = RunFolder.open(folder.resolve("run"))) {
      String row =
          "{\"pairs\": 400, \"parse_failures\": {\"questions\": 30, \"pairs\":"
              + " {\"count\": 20, \"n\": 400, \"share\": 0.05, \"low\": 0.03, \"high\": 0.08}}}";
      AtomicFile.writeText(
          run.stage(Stage.FEEDBACK).resolve("agreement.json"),
          "{\"calibration\": {\"action\": "
              + row
              + "}, \"facets\": {\"motivation\": "
              + row
              + "}}");
      assertThat(LabelReadings.byDefault().calibration(run))
          .singleElement()
          .matches(result -> result.halts() && result.title().equals("parse-failures (action)"));
      assertThat(LabelReadings.byDefault().feedback(run))
          .singleElement()
          .matches(
              result -> result.halts() && result.title().equals("parse-failures (motivation)"));
    }
  }

  @Test
  void whatALabelerMustShowStandsInTheRecipe() throws IOException {
    LabelLimits limits =
        RecipeReader.parse(
                "name: x\nbase: m\ndata: {prompts: p}\nsft: {enabled: false}\n"
                    + "gates: {ties_warn: 0.2, answer_mass_low: 0.9, parse_failure_stop: 0.2,"
                    + " parse_failure_warn: 0.1, order_stop: 0.1, agreement_low: 0.7}",
                "recipe.yaml",
                folder,
                List.of())
            .gates()
            .labels();
    JsonNode row =
        new ObjectMapper()
            .readTree(
                "{\"pairs\": 400, \"ties\": 100, \"answer_mass\": 0.8,"
                    + " \"parse_failures\": {\"pairs\": {\"n\": 400, \"share\": 0.05, \"low\": 0.03,"
                    + " \"high\": 0.08}}, \"order_decided\": {\"n\": 400, \"share\": 0.3, \"low\": 0.25,"
                    + " \"high\": 0.35}, \"agrees_with_people\": {\"n\": 400, \"share\": 0.65, \"low\":"
                    + " 0.6, \"high\": 0.7}}");
    assertThat(said(LabelReadings.byDefault(), row))
        .containsExactly(
            "ties passed",
            "answer-mass passed",
            "parse-failures stopped",
            "order passed",
            "agreement passed");
    assertThat(said(new LabelReadings(limits), row))
        .containsExactly(
            "ties warned",
            "answer-mass stopped",
            "parse-failures passed",
            "order stopped",
            "agreement stopped");
  }

  @Test
  void whoeverLowersOnlyWhatStopsIsStoppedThereAndReadsTheNumberAsItWasGiven() {
    GateResult cut = CutReplyGate.of(Facet.ACTION, 3, 100, 0.05, 0.015);
    assertThat(cut.halts()).isTrue();
    assertThat(cut.threshold()).isEqualTo("at most 1.5 %; more than 1.5 % stops");
    assertThat(AloneGate.of(Facet.ACTION, 0.015, 24, 0.02, 0.01).halts()).isTrue();
    assertThat(TextLengthGate.of(Facet.ACTION, 3, 100, 0.05, 0.02).halts()).isTrue();
  }

  @Test
  void aLabelerThatAgreesTooLittleForARecipeIsNotCalledWrong() {
    assertThat(agreement(0.55, 0.65, 0.7).meaning()).contains("agrees too little with people");
    assertThat(agreement(0.40, 0.48, 0.5).meaning()).contains("prefers what is worse");
    assertThat(agreement(0.6, 0.8, 0.7).meaning()).contains("so few pairs cannot tell");
  }

  private static GateResult agreement(double low, double high, double least) {
    return AgreementGate.of(
        Facet.ACTION, "people", (low + high) / 2, new Interval(low, high), 400, least);
  }

  private static List<String> said(LabelReadings readings, JsonNode row) {
    return Stream.concat(
            readings.labels(Facet.ACTION, row).stream(),
            readings.agreements(Facet.ACTION, row).stream())
        .map(result -> result.name() + " " + result.outcome().name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static GateResult unread(int pairs, int of) {
    return ParseFailureGate.of(
        Facet.ACTION,
        pairs / (double) of,
        Wilson.interval95(pairs, of),
        of,
        new ParseFailureGate.Bounds(0.005, 0.02));
  }

  @Test
  void ratiosThatAreNotOneBeforeTheFirstStepStop() {
    RatioGate.Bounds most = new RatioGate.Bounds(0.01, 0.05);
    assertThat(RatioGate.of(1e-6, 1e-4, 1e-6, 500, most).passed()).isTrue();
    assertThat(RatioGate.of(0.02, 0.02, 0, 500, most).halts()).isTrue();
    assertThat(RatioGate.of(0.001, 0.06, 0, 500, most).halts()).isTrue();
    GateResult rounded = RatioGate.of(0, 0, 0.03, 500, most);
    assertThat(rounded.passed()).as("half precision rounds more").isFalse();
    assertThat(rounded.halts()).isFalse();
    assertThat(RatioGate.of(0, 0, 0.2, 500, most).halts())
        .as("replies of another policy, where the first step's ratio cannot tell")
        .isTrue();
  }

  @Test
  void onlyAClearlyNegativeDivergenceOfEnoughRepliesStops() {
    double[] below = alternating(256, -0.6, -0.2);
    assertThat(SamplingKlGate.of(below, -0.1, -4, 256).halts()).isTrue();
    assertThat(SamplingKlGate.of(Arrays.copyOf(below, 200), -0.1, -4, 256).passed()).isTrue();
    assertThat(SamplingKlGate.of(alternating(256, -30, 29), -0.1, -4, 256).passed()).isTrue();
    assertThat(SamplingKlGate.of(alternating(256, 0, 0), -0.1, -4, 256).passed()).isTrue();
  }

  @Test
  void aStopNamesTheGateItsNumbersAndTheWayOut() {
    GateKeeper keeper = new GateKeeper(folder.resolve("gates.json"), Set.of());
    assertThatThrownBy(() -> keeper.check(GatePhase.BEFORE_PPO, List.of(accuracy(200, 400))))
        .isInstanceOf(GateStop.class)
        .hasMessageContaining("held-out-accuracy (action)")
        .hasMessageContaining("before ppo")
        .hasMessageContaining("0.500")
        .hasMessageContaining("n = 400")
        .hasMessageContaining("--force held-out-accuracy");
    assertThat(new GateStop(GatePhase.VERDICT, accuracy(200, 400)))
        .hasMessageContaining("stopped the run at the verdict: ");
  }

  @Test
  void aForcedGateLetsTheRunGoOnAndStaysInTheFile() {
    Path file = folder.resolve("gates.json");
    new GateKeeper(file, Set.of("held-out-accuracy"))
        .check(GatePhase.BEFORE_PPO, List.of(accuracy(200, 400)));
    new GateKeeper(file, Set.of())
        .check(
            GatePhase.DURING_PPO,
            List.of(RatioGate.of(0, 0, 0, 1, new RatioGate.Bounds(0.01, 0.05))));
    var gates = JsonFile.read(file).path("gates");
    assertThat(gates).hasSize(2);
    assertThat(gates.get(0).path("forced").asBoolean()).isTrue();
    assertThat(gates.get(1).path("forced").asBoolean()).isFalse();
  }

  @Test
  void repeatingAStageForgetsWhatGatesSaidOfItAndOfLaterOnes() {
    Path file = folder.resolve("gates.json");
    GateKeeper keeper = new GateKeeper(file, Set.of());
    keeper.check(GatePhase.BEFORE_REWARD, List.of(TiesGate.of(Facet.ACTION, 1, 10, 0.5)));
    keeper.check(GatePhase.BEFORE_PPO, List.of(accuracy(300, 400)));
    keeper.forgetFrom(Stage.PPO);
    var gates = JsonFile.read(file).path("gates");
    assertThat(gates).hasSize(1);
    assertThat(gates.get(0).path("name").asText()).isEqualTo("ties");
  }

  private static GateResult accuracy(int right, int n) {
    return HeldOutAccuracyGate.of(
        Facet.ACTION, (double) right / n, Wilson.interval95(right, n), n, 0.55);
  }

  private static double[] alternating(int n, double even, double odd) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> i % 2 == 0 ? even : odd);
    return values;
  }

  private static GateResult order(int decidedOf100) {
    return OrderGate.of(
        Facet.ACTION, decidedOf100 / 100.0, Wilson.interval95(decidedOf100, 100), 100, 0.5);
  }
}
