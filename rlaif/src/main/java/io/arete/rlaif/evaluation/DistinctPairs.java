package io.arete.rlaif.evaluation;

import io.arete.engine.Formula;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How varied replies are: the different pairs of neighbouring tokens ÷ all such pairs, over all
 * replies together (distinct-2). It falls with the number of replies, so only as many of the same
 * prompts compare.
 */
@Formula(
    paper = "Li et al. 2016, A Diversity-Promoting Objective Function for Conversation Models",
    eq = "distinct-2")
final class DistinctPairs {

  private DistinctPairs() {}

  /** The share; 1 where no reply has two tokens. */
  static double share(List<List<Integer>> replies) {
    Set<List<Integer>> different = new HashSet<>();
    long all = 0;
    for (List<Integer> reply : replies) {
      for (int i = 0; i + 1 < reply.size(); i++) {
        different.add(List.of(reply.get(i), reply.get(i + 1)));
        all++;
      }
    }
    return all == 0 ? 1 : (double) different.size() / all;
  }
}
