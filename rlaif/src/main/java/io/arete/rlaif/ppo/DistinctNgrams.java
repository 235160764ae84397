package io.arete.rlaif.ppo;

import io.arete.engine.Formula;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How varied texts are: the share of their runs of n tokens that differ from all others.
 *
 * <p>distinct-n = different n-grams / n-grams, over all texts together; 1 if nothing is said twice,
 * near 0 where a policy says the same to everything; 0 if no text is n tokens long.
 */
@Formula(
    paper = "Li et al. 2016, A Diversity-Promoting Objective Function for Conversation Models",
    eq = "distinct-1, distinct-2")
public final class DistinctNgrams {

  private DistinctNgrams() {}

  /**
   * The share.
   *
   * @param texts tokens of each
   * @param n tokens of a run, at least 1
   */
  public static double share(List<List<Integer>> texts, int n) {
    Set<List<Integer>> different = new HashSet<>();
    long all = 0;
    for (List<Integer> text : texts) {
      for (int from = 0; from + n <= text.size(); from++) {
        different.add(text.subList(from, from + n));
        all++;
      }
    }
    return all == 0 ? 0 : (double) different.size() / all;
  }
}
