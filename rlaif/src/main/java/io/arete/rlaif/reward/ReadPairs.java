package io.arete.rlaif.reward;

import io.arete.rlaif.data.Facet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Pairs of one facet with the scores of their texts.
 *
 * @param scores {@code [2 · pairs]}: of each pair the first text's, then the second's
 */
record ReadPairs(List<RewardPair> pairs, double[] scores) {

  ReadPairs {
    pairs = List.copyOf(pairs);
  }

  /** One facet's, out of the scores of {@link PairGroup#texts}. */
  static ReadPairs of(List<PairGroup> groups, double[] scores, Facet facet) {
    List<RewardPair> all = groups.stream().flatMap(group -> group.pairs().stream()).toList();
    return chosen(
        all, scores, IntStream.range(0, all.size()).filter(i -> all.get(i).facet() == facet));
  }

  /** The part that is wanted. */
  ReadPairs where(Predicate<RewardPair> wanted) {
    return chosen(
        pairs, scores, IntStream.range(0, pairs.size()).filter(i -> wanted.test(pairs.get(i))));
  }

  /** Every second of them. */
  ReadPairs everySecond(int start) {
    return chosen(pairs, scores, IntStream.range(0, pairs.size()).filter(i -> i % 2 == start));
  }

  /** The same with every score multiplied. */
  ReadPairs scaled(double factor) {
    return new ReadPairs(pairs, Arrays.stream(scores).map(score -> score * factor).toArray());
  }

  /** {@code [pairs]} first less second score. */
  double[] differences() {
    double[] differences = new double[pairs.size()];
    Arrays.setAll(differences, i -> scores[2 * i] - scores[2 * i + 1]);
    return differences;
  }

  /** {@code [pairs]} probabilities that the first is better. */
  double[] labels() {
    return pairs.stream().mapToDouble(RewardPair::p).toArray();
  }

  /**
   * {@code [2 · pairs]}: numbers of pairs as they stand, then those of each turned round. Nothing
   * turned round is 0 again, not −0, which ranks would put below it.
   */
  static double[] bothWays(double[] numbers) {
    return DoubleStream.concat(
            Arrays.stream(numbers), Arrays.stream(numbers).map(number -> 0 - number))
        .toArray();
  }

  private static ReadPairs chosen(List<RewardPair> pairs, double[] scores, IntStream places) {
    int[] chosen = places.toArray();
    List<RewardPair> kept = new ArrayList<>();
    double[] theirs = new double[2 * chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      kept.add(pairs.get(chosen[i]));
      System.arraycopy(scores, 2 * chosen[i], theirs, 2 * i, 2);
    }
    return new ReadPairs(kept, theirs);
  }
}
