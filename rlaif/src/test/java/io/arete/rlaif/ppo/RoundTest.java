package io.arete.rlaif.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.text.Message;
import io.arete.rlaif.config.RecipeReader;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.ensemble.EnsembleRule;
import io.arete.rlaif.ensemble.EnsembleScore;
import io.arete.rlaif.ppo.formula.RatioStats;
import io.arete.rlaif.text.TrainedTokens;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Each formula has its own test; this one is about what is given to which. Two prompts, A and B,
 * with two conversations each, by hand. β = 0.1, γ = 1, λ = 0.5; k1 = policy − reference.
 *
 * <pre>
 *              A, first      A, second   B, first   B, second
 * policy      −1.0  −2.0       −0.5        −1.5     −1.0  −0.4
 * reference   −1.2  −1.0       −1.0        −2.0     −0.6  −0.4
 * −β k1      −0.02   0.1      −0.05       −0.05      0.04   0
 * score              1.0        0.4        −0.2            0.6
 * value        0.1   0.2        0.3         0        0.5   0.5
 * </pre>
 */
class RoundTest {

  private static final List<double[]> POLICY = rows("-1.0 -2.0, -0.5, -1.5, -1.0 -0.4");
  private static final List<double[]> REFERENCE = rows("-1.2 -1.0, -1.0, -2.0, -0.6 -0.4");
  private static final List<double[]> VALUES = rows("0.1 0.2, 0.3, 0, 0.5 0.5");
  private static final double BETA = 0.1;

  // Errors of the values: 0.08, 0.9; 0.05; −0.25; 0.04, 0.1. With half of the next one's:
  private static final List<double[]> ADVANTAGES = rows("0.53 0.9, 0.05, -0.25, 0.09 0.1");
  private static final List<double[]> RETURNS = rows("0.63 1.1, 0.35, -0.25, 0.59 0.6");
  // Σ a = 1.42, Σ a² = 1.174, so that Σ (a − mean)² = 1.174 − 1.42² / 6; and of the returns:
  private static final double ADVANTAGE_SQUARES = 1.174 - 1.42 * 1.42 / 6;
  private static final double RETURN_SQUARES = 2.5 - 3.02 * 3.02 / 6;

  @Test
  void returnsAreOfAdvantagesBeforeTheyAreWhitened() {
    Round round = round("ppo");
    assertRows(round.critic().orElseThrow().returns(), RETURNS);
    assertRows(round.critic().orElseThrow().values(), VALUES);
    double scale = Math.sqrt(ADVANTAGE_SQUARES / 5 + 1e-8);
    assertRows(
        round.advantages(),
        ADVANTAGES.stream()
            .map(row -> Arrays.stream(row).map(a -> (a - 1.42 / 6) / scale).toArray())
            .toList());
    assertThat(round.penalty().coefficient()).as("the reward has it").isZero();
  }

  @Test
  void whitenedOrNotIsTheRecipesToSay() {
    assertRows(round("ppo", "ppo.whiten_advantages=false").advantages(), ADVANTAGES);
  }

  /** Scores less β Σ k1: 1.08 and 0.35; −0.25 and 0.64. Each less the other of its prompt. */
  @Test
  void leavingOneOutPaysForDivergenceAndComparesWithinAPrompt() {
    Round round = round("rloo");
    assertRows(round.advantages(), rows("0.73 0.73, -0.73, -0.89, 0.89 0.89"));
    assertThat(round.critic()).isEmpty();
    assertThat(round.penalty().coefficient()).isZero();
  }

  /** Half of the distance of the two scores, over their standard deviation with divisor 1. */
  @Test
  void groupsTakeTheScoreAloneAndHaveThePriceInTheirLoss() {
    Round round = round("grpo");
    double ofA = 0.3 / (0.6 / Math.sqrt(2) + 1e-4);
    double ofB = 0.4 / (0.8 / Math.sqrt(2) + 1e-4);
    assertRows(
        round.advantages(),
        List.of(
            new double[] {ofA, ofA},
            new double[] {-ofA},
            new double[] {-ofB},
            new double[] {ofB, ofB}));
    assertThat(round.penalty().coefficient()).isEqualTo(BETA);
  }

  @Test
  void theHealthOfARoundIsWhatItsNumbersSay() {
    RoundHealth health = health("ppo");
    assertThat(health.conversations()).isEqualTo(4);
    assertThat(health.meanK1()).isCloseTo((-0.8 + 0.5 + 0.5 - 0.4) / 4, within(1e-12));
    assertThat(health.perToken().k1()).isCloseTo(-0.2 / 6, within(1e-12));
    double k3 = IntStream.range(0, 4).mapToDouble(i -> k3(POLICY.get(i), REFERENCE.get(i))).sum();
    assertThat(health.meanK3()).isCloseTo(k3 / 4, within(1e-12));
    assertThat(health.perToken().k3()).isCloseTo(k3 / 6, within(1e-12));
    assertThat(health.entropy()).isCloseTo(6.4 / 6, within(1e-12));
    assertThat(health.explainedVariance().orElseThrow())
        .isCloseTo(1 - ADVANTAGE_SQUARES / RETURN_SQUARES, within(1e-12));
    assertThat(health.advantages().mean()).isCloseTo(1.42 / 6, within(1e-12));
    assertThat(health.advantages().sampleSd())
        .isCloseTo(Math.sqrt(ADVANTAGE_SQUARES / 5), within(1e-12));
    assertThat(health.reward().mean()).isCloseTo(0.45, within(1e-12));
    // Members lie 0.3 above, at, and 0.3 below their mean.
    assertThat(health.reward().disagreement()).isCloseTo(0.3 * Math.sqrt(2 / 3.0), within(1e-12));
    RoundHealth.FacetHealth action = health.facets().get(Facet.ACTION);
    assertThat(action.meanScore()).isCloseTo(0.75, within(1e-12));
    assertThat(action.meanTokens()).isEqualTo(1.5);
    assertThat(action.cutOff()).isEqualTo(0.25);
    assertThat(action.distinct1()).as("5 and 6, of six tokens").isCloseTo(2 / 6.0, within(1e-12));
  }

  /** The price of divergence is 0.08, 0.05, 0.05, 0.04; the scores are 1.0, 0.4, 0.2, 0.6. */
  @Test
  void theShareOfThePriceIsOfWhatIsRewarded() {
    assertThat(health("ppo").reward().penaltyShare()).isCloseTo(0.22 / 2.42, within(1e-12));
    assertThat(health("ppo", "ppo.reward_clip=0.5").reward().penaltyShare())
        .isCloseTo(0.22 / (0.22 + 0.5 + 0.4 + 0.2 + 0.5), within(1e-12));
    assertThat(health("grpo").reward().penaltyShare()).as("its price is in the loss").isZero();
  }

  private static double k3(double[] policy, double[] reference) {
    return IntStream.range(0, policy.length)
        .mapToDouble(t -> reference[t] - policy[t])
        .map(logRatio -> Math.exp(logRatio) - 1 - logRatio)
        .sum();
  }

  private static RoundHealth health(String algorithm, String... more) {
    return new RoundReport(round(algorithm, more), formulas(algorithm, more))
        .health(1, List.of(), RatioStats.NONE, BETA);
  }

  private static Round round(String algorithm, String... more) {
    return Round.of(
        List.of(
            rollout("A", 0, 2, 1.0),
            rollout("A", 1, 1, 0.4),
            rollout("B", 0, 1, -0.2),
            rollout("B", 1, 2, 0.6)),
        POLICY,
        REFERENCE,
        algorithm.equals("ppo") ? Optional.of(VALUES) : Optional.empty(),
        formulas(algorithm, more),
        BETA);
  }

  private static PpoFormulas formulas(String algorithm, String... more) {
    String recipe =
        "name: x\nbase: m\ndata: {prompts: p}\nsft: {enabled: false}\n"
            + "ppo: {gamma: 1, lambda: 0.5, samples_per_prompt: 2, algorithm: "
            + algorithm
            + "}\n";
    return new PpoFormulas(RecipeReader.parse(recipe, "x", Path.of("/"), List.of(more)).ppo());
  }

  private static Rollout rollout(String asked, int sample, int tokens, double score) {
    Prompt prompt = Prompt.of(List.of(Message.user(asked)));
    List<Integer> ids = List.of(5, 6).subList(0, tokens);
    boolean cut = asked.equals("A") && sample == 1;
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      replies.put(facet, new Reply("x", ids, cut ? Reply.Ended.LENGTH : Reply.Ended.TURN));
    }
    TrainedTokens trained =
        new TrainedTokens(
            IntStream.rangeClosed(1, tokens).toArray(),
            IntStream.range(0, tokens).toArray(),
            ids.stream().mapToInt(Integer::intValue).toArray(),
            Map.of(Facet.ACTION, tokens));
    EnsembleScore ensemble =
        new EnsembleScore(
            Map.of(
                Facet.ACTION,
                score + 0.3,
                Facet.MOTIVATION,
                score,
                Facet.CONSEQUENCES,
                score - 0.3),
            new EnsembleRule.Mean());
    return new Rollout(
        prompt,
        new Conversation(prompt.id(), sample, replies, Conversation.Source.MODEL),
        trained,
        new double[tokens],
        new RolloutScore(ensemble, 0));
  }

  private static List<double[]> rows(String text) {
    return Arrays.stream(text.split(", ", -1))
        .map(row -> Arrays.stream(row.split(" ", -1)).mapToDouble(Double::parseDouble).toArray())
        .toList();
  }

  private static void assertRows(List<double[]> found, List<double[]> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).containsExactly(expected.get(i), within(1e-12));
    }
  }
}
