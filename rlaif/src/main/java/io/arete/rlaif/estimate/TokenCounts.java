package io.arete.rlaif.estimate;

import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Reads;
import java.util.Arrays;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How long a run's conversations and pairs become. How long replies will be is not known before:
 * they are reckoned at a share of their limits.
 *
 * @param share of their limits that replies fill
 */
record TokenCounts(Recipe recipe, DataFacts facts, double share) {

  /** The share of their limits that replies are reckoned to fill on average. */
  static final double TYPICAL = 0.6;

  /** Batches are longer than the average by about so much, now and then. */
  private static final double SPREAD = 1.15;

  /** Tokens of a conversation's replies and the questions between them. */
  double replies(Map<Facet, Integer> limits) {
    return repliesUpTo(Facet.CONSEQUENCES, limits);
  }

  /** Tokens of a conversation's replies alone. */
  double written(Map<Facet, Integer> limits) {
    return sum(facet -> share * limit(limits, facet));
  }

  /** Replies and questions up to and including one facet's reply. */
  double repliesUpTo(Facet last, Map<Facet, Integer> limits) {
    double tokens = 0;
    for (Facet facet : Facet.values()) {
      if (facet.compareTo(last) <= 0) {
        tokens += facts.questionTokens().getOrDefault(facet, 0) + share * limit(limits, facet);
      }
    }
    return tokens;
  }

  /** Places of a row in the key-value cache: as if the longest prompt got the longest replies. */
  double cacheRow(Map<Facet, Integer> limits) {
    double tokens = Math.min(facts.longestPrompt(), recipe.data().maxPromptTokens());
    for (Facet facet : Facet.values()) {
      tokens += 1 + facts.questionTokens().getOrDefault(facet, 0) + limit(limits, facet);
    }
    return tokens;
  }

  /** Distinct tokens of all that the reward models' trainings read of one comparison. */
  double rewardExamples() {
    return sharedHeads() ? sharedExample() : examples();
  }

  /** Distinct tokens of one example of the training whose examples are the longest. */
  double longestRewardExample() {
    return sharedHeads() ? sharedExample() : example(Facet.CONSEQUENCES);
  }

  /** Distinct tokens of a sampled conversation that the reward models read to score it. */
  double scored(Map<Facet, Integer> limits) {
    if (sharedHeads() && readsWhole() && isWhole(own(Facet.CONSEQUENCES, limits))) {
      return facts.promptTokens() + own(Facet.CONSEQUENCES, limits);
    }
    return sum(facet -> cut(facts.promptTokens() + own(facet, limits)));
  }

  private boolean sharedHeads() {
    return recipe.reward().heads() == RewardSection.Heads.SHARED;
  }

  private boolean readsWhole() {
    return recipe.reward().reads().orElse(Reads.WHOLE) == Reads.WHOLE;
  }

  /** All facets' texts in one pass. Texts that are cut begin differently and share nothing. */
  private double sharedExample() {
    double longest = paired(Facet.CONSEQUENCES);
    if (!isWhole(longest)) {
      return examples();
    }
    return facts.promptTokens() + 2 * (readsWhole() ? longest : sum(this::paired));
  }

  private double examples() {
    return sum(this::example);
  }

  private static double sum(ToDoubleFunction<Facet> tokens) {
    return Arrays.stream(Facet.values()).mapToDouble(tokens).sum();
  }

  /** Two texts that share their prompt, unless they are cut. */
  private double example(Facet facet) {
    double own = paired(facet);
    double whole = facts.promptTokens() + own;
    return isWhole(own) ? whole + own : 2 * cut(whole);
  }

  /** What a text of a pair has behind its prompt. */
  private double paired(Facet facet) {
    Map<Facet, Integer> limits = recipe.feedback().maxReplyTokens();
    return own(facet, limits) + (readsWhole() ? peoples(limits) : 0);
  }

  /** What the text that is read of a sampled conversation has behind its prompt. */
  private double own(Facet facet, Map<Facet, Integer> limits) {
    return readsWhole()
        ? repliesUpTo(facet, limits)
        : facts.questionTokens().getOrDefault(facet, 0) + share * limit(limits, facet);
  }

  private boolean isWhole(double own) {
    double whole = facts.promptTokens() + own;
    return cut(whole) >= whole;
  }

  private double cut(double tokens) {
    return recipe.reward().maxLength().map(most -> Math.min(most, tokens)).orElse(tokens);
  }

  /** What actions that people wrote have beyond what sampled ones would. */
  private double peoples(Map<Facet, Integer> limits) {
    return recipe.feedback().source() == FeedbackSection.Source.HUMAN
        ? facts.pairs().tokens() - share * limit(limits, Facet.ACTION)
        : 0;
  }

  /** Distinct tokens of a PPO round's inputs. */
  double round() {
    PpoSection ppo = recipe.ppo();
    double replies = ppo.samplesPerPrompt() * trained(ppo.maxReplyTokens());
    return ppo.promptsPerIteration() * (facts.promptTokens() + replies);
  }

  /** Distinct tokens of a pair that DPO learns: two conversations that share their prompt. */
  double dpoPair() {
    return facts.promptTokens() + dpoReplies();
  }

  /** Tokens of both conversations of a pair that DPO learns. */
  double dpoReplies() {
    Map<Facet, Integer> limits = recipe.feedback().maxReplyTokens();
    return 2 * (trained(limits) + peoples(limits));
  }

  /** Tokens of a conversation up to the last reply that the policy learns. */
  double trained(Map<Facet, Integer> limits) {
    boolean all = recipe.ppo().trainTurns() == PpoSection.TrainTurns.ALL;
    return repliesUpTo(all ? Facet.CONSEQUENCES : Facet.ACTION, limits);
  }

  /** The most live tokens of a batch that is cut into passes. */
  static double pass(double batchTokens, int tokensPerPass, int side) {
    return Math.min(SPREAD * batchTokens, (double) side * tokensPerPass);
  }

  private static int limit(Map<Facet, Integer> limits, Facet facet) {
    return limits.getOrDefault(facet, 0);
  }
}
