package io.arete.rlaif.estimate;

import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Reads;
import java.util.Arrays;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How many tokens reward models read of conversations and pairs, each beginning that texts share
 * once.
 *
 * @param counts of the conversations
 */
record RewardTokens(TokenCounts counts) {

  /** Of one comparison, in all trainings. */
  double examples() {
    return sharedHeads() ? sharedExample() : sum(this::example);
  }

  /** Of one example of the training whose examples are the longest. */
  double longestExample() {
    return sharedHeads() ? sharedExample() : example(Facet.CONSEQUENCES);
  }

  /** Of a sampled conversation that is scored. */
  double scored(Map<Facet, Integer> limits) {
    if (sharedHeads() && readsWhole() && isWhole(own(Facet.CONSEQUENCES, limits))) {
      return prompt() + own(Facet.CONSEQUENCES, limits);
    }
    return sum(facet -> cut(prompt() + own(facet, limits)));
  }

  private RewardSection settings() {
    return counts.recipe().reward();
  }

  private boolean sharedHeads() {
    return settings().heads() == RewardSection.Heads.SHARED;
  }

  private boolean readsWhole() {
    return settings().reads().orElse(Reads.WHOLE) == Reads.WHOLE;
  }

  private double prompt() {
    return counts.facts().promptTokens();
  }

  private static double sum(ToDoubleFunction<Facet> tokens) {
    return Arrays.stream(Facet.values()).mapToDouble(tokens).sum();
  }

  /** All facets' texts in one pass. Texts that are cut begin differently and share nothing. */
  private double sharedExample() {
    double longest = paired(Facet.CONSEQUENCES);
    if (!isWhole(longest)) {
      return sum(this::example);
    }
    return prompt() + 2 * (readsWhole() ? longest : sum(this::paired));
  }

  /** Two texts that share their prompt, unless they are cut. */
  private double example(Facet facet) {
    double own = paired(facet);
    return isWhole(own) ? prompt() + 2 * own : 2 * cut(prompt() + own);
  }

  /** What a text of a pair has behind its prompt. */
  private double paired(Facet facet) {
    Map<Facet, Integer> limits = counts.recipe().feedback().maxReplyTokens();
    return own(facet, limits) + (readsWhole() ? counts.peoples(limits) : 0);
  }

  /** What the text that is read of a sampled conversation has behind its prompt. */
  private double own(Facet facet, Map<Facet, Integer> limits) {
    return readsWhole() ? counts.repliesUpTo(facet, limits) : counts.turn(facet, limits);
  }

  private boolean isWhole(double own) {
    double whole = prompt() + own;
    return cut(whole) >= whole;
  }

  private double cut(double tokens) {
    return settings().maxLength().map(most -> Math.min(most, tokens)).orElse(tokens);
  }
}
