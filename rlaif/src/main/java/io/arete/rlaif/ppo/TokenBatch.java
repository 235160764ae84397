package io.arete.rlaif.ppo;

import io.arete.engine.forest.Forest;
import io.arete.rlaif.text.TrainedTokens;
import io.arete.rlaif.training.Passes;
import java.util.Arrays;
import java.util.List;

/**
 * Rollouts that go through a model in one pass.
 *
 * @param members which rollouts of the round, in rising order
 * @param forest their inputs
 * @param rows {@code [tokens]}: rows of the forest that predict the trained tokens of all members,
 *     one member after the other; a row stands twice where two replies begin
 * @param targets {@code [tokens]}: the trained tokens
 * @param counts trained tokens of each member
 */
record TokenBatch(List<Integer> members, Forest forest, int[] rows, int[] targets, int[] counts) {

  /**
   * Cuts rollouts into passes.
   *
   * @param rollouts the whole round
   * @param members which of them, in rising order: samples of one prompt lie side by side there
   * @param tokensPerPass the most distinct tokens of a pass, unless one rollout alone has more
   * @param lanes how many passes there should be at least, if there are as many rollouts
   */
  static List<TokenBatch> split(
      List<Rollout> rollouts, List<Integer> members, int tokensPerPass, int lanes) {
    return Passes.of(
            members,
            member -> List.of(rollouts.get(member).tokens().inputs()),
            tokensPerPass,
            lanes)
        .stream()
        .map(pass -> of(rollouts, pass))
        .toList();
  }

  private static TokenBatch of(List<Rollout> rollouts, List<Integer> members) {
    List<TrainedTokens> tokens = members.stream().map(i -> rollouts.get(i).tokens()).toList();
    Forest forest = Forest.of(tokens.stream().map(TrainedTokens::inputs).toList());
    int[] counts = tokens.stream().mapToInt(TrainedTokens::count).toArray();
    int[] rows = new int[Arrays.stream(counts).sum()];
    int[] targets = new int[rows.length];
    int at = 0;
    for (int i = 0; i < counts.length; i++) {
      for (int t = 0; t < counts[i]; t++) {
        rows[at] = forest.index(i, tokens.get(i).places()[t]);
        targets[at] = tokens.get(i).targets()[t];
        at++;
      }
    }
    return new TokenBatch(List.copyOf(members), forest, rows, targets, counts);
  }

  /** Trained tokens of all members. */
  int tokens() {
    return rows.length;
  }

  /** The members' numbers, one after the other, from those of the whole round. */
  double[] join(List<double[]> round) {
    return members.stream().flatMapToDouble(i -> Arrays.stream(round.get(i))).toArray();
  }

  /** Puts the members' numbers, one after the other, at their places in the round. */
  void scatter(double[] joined, double[][] round) {
    int from = 0;
    for (int i = 0; i < counts.length; i++) {
      round[members.get(i)] = Arrays.copyOfRange(joined, from, from + counts[i]);
      from += counts[i];
    }
  }
}
