package io.arete.rlaif.reward;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A preference pair as a reward model reads it.
 *
 * @param id of the preference
 * @param first ids of the one text, up to the end of turn where it is scored
 * @param second ids of the other
 * @param p probability that the first is better
 * @param margin by how much the first should lead
 * @param inherited whether the label was given for another facet
 * @param cut how many of the two texts lost tokens to fit, 0 to 2
 */
record RewardPair(
    String id, int[] first, int[] second, double p, double margin, boolean inherited, int cut) {

  /** Both texts, the first one first. */
  List<int[]> texts() {
    return List.of(first, second);
  }

  /** First less second score of each pair, by one call of what scores texts. */
  static double[] differences(List<RewardPair> pairs, Function<List<int[]>, double[]> scorer) {
    double[] scores = scorer.apply(pairs.stream().flatMap(pair -> pair.texts().stream()).toList());
    double[] differences = new double[pairs.size()];
    Arrays.setAll(differences, i -> scores[2 * i] - scores[2 * i + 1]);
    return differences;
  }
}
