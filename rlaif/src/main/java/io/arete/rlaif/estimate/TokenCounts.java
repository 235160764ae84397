package io.arete.rlaif.estimate;

import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.data.Facet;
import java.util.Arrays;
import java.util.Map;

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
    return Arrays.stream(Facet.values()).mapToDouble(facet -> share * limit(limits, facet)).sum();
  }

  /** Replies and questions up to and including one facet's reply. */
  double repliesUpTo(Facet last, Map<Facet, Integer> limits) {
    double tokens = 0;
    for (Facet facet : Facet.values()) {
      if (facet.compareTo(last) <= 0) {
        tokens += turn(facet, limits);
      }
    }
    return tokens;
  }

  /** A facet's question and its reply. */
  double turn(Facet facet, Map<Facet, Integer> limits) {
    return facts.questionTokens().getOrDefault(facet, 0) + share * limit(limits, facet);
  }

  /** Places of a row in the key-value cache: as if the longest prompt got the longest replies. */
  double cacheRow(Map<Facet, Integer> limits) {
    double tokens = Math.min(facts.longestPrompt(), recipe.data().maxPromptTokens());
    for (Facet facet : Facet.values()) {
      tokens += 1 + facts.questionTokens().getOrDefault(facet, 0) + limit(limits, facet);
    }
    return tokens;
  }

  /** What actions that people wrote have beyond what sampled ones would. */
  double peoples(Map<Facet, Integer> limits) {
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
