package io.arete.rlaif.ppo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The rollouts of a round by their prompt, for advantages that compare a prompt's own rollouts. */
final class PromptGroups {

  private PromptGroups() {}

  /**
   * Advantages over tokens: a rollout is one action, so that all its tokens have the same.
   *
   * @param earned {@code [rollouts]}: what each earned
   * @param formula from what a prompt's rollouts earned to their advantages
   * @return for each rollout {@code [tokens]}
   */
  static List<double[]> advantages(
      List<Rollout> rollouts, double[] earned, UnaryOperator<double[]> formula) {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < earned.length; i++) {
      groups.computeIfAbsent(rollouts.get(i).prompt().id(), prompt -> new ArrayList<>()).add(i);
    }
    double[] advantages = new double[earned.length];
    for (List<Integer> members : groups.values()) {
      double[] own =
          formula.apply(members.stream().mapToDouble(member -> earned[member]).toArray());
      for (int i = 0; i < own.length; i++) {
        advantages[members.get(i)] = own[i];
      }
    }
    List<double[]> overTokens = new ArrayList<>();
    for (int i = 0; i < earned.length; i++) {
      double[] tokens = new double[rollouts.get(i).tokens().count()];
      Arrays.fill(tokens, advantages[i]);
      overTokens.add(tokens);
    }
    return overTokens;
  }
}
