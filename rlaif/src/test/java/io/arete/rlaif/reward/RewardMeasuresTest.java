package io.arete.rlaif.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.text.Message;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.text.FacetTexts.FacetText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What is said of pairs, made by hand so that the right answer is known. */
class RewardMeasuresTest {

  private static final Prompt PROMPT = Prompt.of(List.of(Message.user("Well?")));

  private static RewardPair pair(String id, double p, double margin, int first, int second) {
    return new RewardPair(
        id, PROMPT, id, text(first), text(second), p, margin, 1, false, OptionalDouble.empty());
  }

  private static FacetText text(int replyTokens) {
    return new FacetText(Facet.ACTION, new int[replyTokens + 3], false, replyTokens);
  }

  @Test
  void aScoreThatIsOnlyLengthIsFoundOut() {
    List<RewardPair> pairs = new ArrayList<>();
    double[] scores = new double[80];
    for (int i = 0; i < 40; i++) {
      int longer = i % 2 == 0 ? 30 + i : 20;
      int shorter = i % 2 == 0 ? 20 : 30 + i;
      // Every fourth pair is better where it is shorter.
      double p = (longer > shorter) == (i % 4 != 0) ? 1 : 0;
      pairs.add(pair("p" + i, p, 0, longer, shorter));
      scores[2 * i] = 0.1 * longer;
      scores[2 * i + 1] = 0.1 * shorter;
    }
    pairs.add(pair("like", 0, 0, 30, 29));
    double[] all = java.util.Arrays.copyOf(scores, 82);
    all[80] = 1;
    ObjectNode found = ByLength.of(new ReadPairs(pairs, all));

    assertThat(found.path("spearman").doubleValue()).isGreaterThan(0.99);
    assertThat(found.path("scores_prefer_longer").path("share").doubleValue()).isEqualTo(1);
    assertThat(found.path("labels_prefer_longer").path("count").intValue()).isEqualTo(30);
    assertThat(found.path("matched").path("n").intValue()).isEqualTo(1);
    assertThat(found.path("matched").path("right").intValue()).isZero();
  }

  /**
   * Longer always wins, by less the longer it is; which of the two stands first is no part of it.
   */
  @Test
  void whichOfAPairStandsFirstDoesNotChangeWhatIsSaidOfLength() {
    List<RewardPair> longFirst = new ArrayList<>();
    List<RewardPair> turned = new ArrayList<>();
    double[] scores = new double[8];
    double[] turnedScores = new double[8];
    for (int i = 0; i < 4; i++) {
      boolean turn = i % 2 == 1;
      longFirst.add(pair("p" + i, 1, 0, 20 + i, 10));
      turned.add(turn ? pair("p" + i, 0, 0, 10, 20 + i) : pair("p" + i, 1, 0, 20 + i, 10));
      scores[2 * i] = 4 - i;
      turnedScores[2 * i + (turn ? 1 : 0)] = 4 - i;
    }
    double found =
        ByLength.of(new ReadPairs(longFirst, scores)).path("spearman").asDouble(Double.NaN);
    assertThat(found).isPositive();
    assertThat(
            ByLength.of(new ReadPairs(turned, turnedScores)).path("spearman").asDouble(Double.NaN))
        .isCloseTo(found, within(1e-12));
  }

  @Test
  void clearerLabelsAndVirtuesAreToldApart() {
    List<RewardPair> pairs = new ArrayList<>();
    double[] scores = new double[60];
    Map<String, Map<String, Double>> votes = new LinkedHashMap<>();
    for (int i = 0; i < 30; i++) {
      double margin = 0.1 * (i + 1);
      pairs.add(pair("p" + i, 1 / (1 + Math.exp(-margin)), margin, 5, 5));
      // Wrong on the ten least clear ones.
      scores[2 * i] = i < 10 ? -1 : 2;
      votes.put("action p" + i, Map.of("honesty", 1.0, "justice", i % 2 == 0 ? 1.0 : -1.0));
    }
    ObjectNode found = HeldOutReport.of(new ReadPairs(pairs, scores), new VirtueVotes(votes));

    assertThat(found.path("by_margin")).hasSize(3);
    assertThat(found.path("by_margin").path(0).path("accuracy").doubleValue()).isZero();
    assertThat(found.path("by_margin").path(2).path("accuracy").doubleValue()).isEqualTo(1);
    assertThat(found.path("by_virtue").path("honesty").path("count").intValue()).isEqualTo(20);
    assertThat(found.path("by_virtue").path("justice").path("share").doubleValue())
        .isCloseTo(0.5, within(1e-12));
    // Ten pairs are said with 0.731 and are wrong, twenty with 0.881 and are right.
    assertThat(found.path("calibration").path("expected_error").doubleValue())
        .isCloseTo((10 * 0.731058578630 + 20 * (1 - 0.880797077978)) / 30, within(1e-9));
    assertThat(found.path("calibration").path("bins")).hasSize(2);
  }

  @Test
  void peoplesLabelsHaveNeitherMarginsNorVirtues() {
    ReadPairs read =
        new ReadPairs(
            List.of(pair("a", 1, 0, 4, 4), pair("b", 0, 0, 4, 4)), new double[] {1, 0, 0, 1});
    ObjectNode found = HeldOutReport.of(read, VirtueVotes.NONE);
    assertThat(found.has("by_margin")).isFalse();
    assertThat(found.has("by_virtue")).isFalse();
    assertThat(found.path("by_length").path("spearman").doubleValue()).isZero();
  }

  /** Replies of one length, the preferred one always first: that says nothing about length. */
  @Test
  void pairsOfOneLengthDoNotCorrelateWithLength() {
    List<RewardPair> pairs = new ArrayList<>();
    double[] scores = new double[8];
    for (int i = 0; i < 4; i++) {
      pairs.add(pair("p" + i, 1, 0, 5, 5));
      scores[2 * i] = i + 1;
    }
    ObjectNode found = HeldOutReport.of(new ReadPairs(pairs, scores), VirtueVotes.NONE);
    assertThat(found.path("by_length").path("spearman").doubleValue()).isZero();
  }

  @Test
  void membersThatSayTheSameCorrelateAndDoNotDisagree() {
    Map<String, HeldOutScores.Scores> first = new LinkedHashMap<>();
    Map<String, HeldOutScores.Scores> opposite = new LinkedHashMap<>();
    for (int i = 0; i < 5; i++) {
      first.put("c" + i, new HeldOutScores.Scores(i * i, -i));
      opposite.put("c" + i, new HeldOutScores.Scores(-i * i, i));
    }
    HeldOutScores one = new HeldOutScores(first);
    HeldOutScores other = new HeldOutScores(opposite);
    ObjectNode found =
        MemberReport.correlations(
            Map.of("one", one, "alone", new HeldOutScores(Map.of("x", first.get("c1")))));
    assertThat(found.findPath("correlation").toString()).contains("null");
    found = MemberReport.correlations(new LinkedHashMap<>(Map.of("a", one, "b", other)));
    assertThat(found.path("correlation").path(0).path(1).doubleValue()).isCloseTo(-1, within(1e-9));
    assertThat(
            MemberReport.disagreement(List.of(one, one)).orElseThrow().path("mean_sd").asDouble())
        .isZero();
    // Two members at x and -x have the population sd |x|.
    assertThat(
            MemberReport.disagreement(List.of(one, other)).orElseThrow().path("mean_sd").asDouble())
        .isCloseTo((30 + 10) / 10.0, within(1e-9));
    assertThat(MemberReport.disagreement(List.of(one))).isEmpty();
  }

  @Test
  void theSmallestLengthThatKeepsEnoughIsAMultipleOfEightWithinTheContext() {
    List<TextLengths.Pair> pairs = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      pairs.add(new TextLengths.Pair(2 * i, 5, 2 * i, 5, 3, 2));
    }
    TextLengths lengths = new TextLengths(Map.of(Facet.ACTION, pairs));
    assertThat(lengths.smallestThatKeeps(0.5, 512)).isEqualTo(56);
    assertThat(lengths.smallestThatKeeps(1, 512)).isEqualTo(104);
    assertThat(lengths.smallestThatKeeps(1, 60)).isEqualTo(56);
    assertThat(lengths.keeps(1, 56)).isFalse();
    assertThat(TextLengths.keptWhole(pairs, 50)).isEqualTo(0.5);
  }

  @Test
  void aPairsDistinctTokensAreCountedAsItsForestWillHoldThem() {
    TextLengths.Pair pair = new TextLengths.Pair(20, 8, 24, 12, 10, 6);
    assertThat(pair.tokens(100)).isEqualTo(34);
    assertThat(pair.tokens(22)).as("cut apart, nothing is common").isEqualTo(42);
    assertThat(pair.dropped(11)).isTrue();
    assertThat(pair.dropped(12)).isFalse();
    assertThat(pair.whole(20)).isEqualTo(1);
    assertThat(pair.common(20)).as("one of them still begins with the prompt").isEqualTo(6);
    assertThat(pair.common(19)).isZero();
  }

  @Test
  void aFailingPassNamesItsPairsWithTheirFacetsWhereThereAreSeveral() {
    PairGroup group = new PairGroup(List.of(pair("a-0-1", 1, 0, 4, 5), pair("b-0-1", 1, 0, 4, 5)));
    LabelSmoothing plain = new LabelSmoothing(0);
    assertThat(
            new PairObjective(List.of(Facet.ACTION), PairwiseLoss.PLAIN, false, plain).name(group))
        .isEqualTo("a-0-1, b-0-1");
    assertThat(
            new PairObjective(List.of(Facet.values()), PairwiseLoss.PLAIN, false, plain)
                .name(group))
        .isEqualTo("action a-0-1, action b-0-1");
  }

  @Test
  void smoothedLabelsKeepTheirSideAndAreDrawnToOneHalf() {
    assertThat(new LabelSmoothing(0.2).of(1)).isCloseTo(0.9, within(1e-12));
    assertThat(new LabelSmoothing(0.2).of(0.3)).isCloseTo(0.34, within(1e-12));
    assertThat(new LabelSmoothing(0).of(0.3)).isEqualTo(0.3);
    assertThat(new LabelSmoothing(0.7).of(0.5)).isCloseTo(0.5, within(1e-12));
    assertThatThrownBy(() -> new LabelSmoothing(1)).hasMessageContaining("from 0 to below 1");
  }
}
