package io.arete.rlaif.feedback;

import io.arete.rlaif.config.FeedbackSection.Pairs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which of a prompt's samples are compared, and which comparisons become preferences. */
final class PairScheme {

  private PairScheme() {}

  /**
   * Two samples of a prompt, by number.
   *
   * @param first the lower number
   */
  record Two(int first, int second) {}

  /** What is compared, in rising order. */
  static List<Two> compared(Pairs scheme, int samples) {
    List<Two> pairs = new ArrayList<>();
    for (int first = 0; first < samples; first++) {
      int last = scheme == Pairs.ADJACENT ? Math.min(first + 1, samples - 1) : samples - 1;
      for (int second = first + 1; second <= last; second++) {
        pairs.add(new Two(first, second));
      }
    }
    return pairs;
  }

  /**
   * Which of them become preferences. The best sample is the one whose log-odds against all others
   * sum up highest (Borda's count, by strength instead of by wins); of equals the first.
   *
   * @param compared as {@link #compared} gives them
   * @param logOdds that the first of each is better; NaN where the labeler could not read it, which
   *     counts for neither
   * @return places in {@code compared}; for {@link Pairs#BEST_WORST} one at most
   */
  static List<Integer> kept(Pairs scheme, int samples, List<Two> compared, double[] logOdds) {
    List<Integer> readable =
        IntStream.range(0, compared.size()).filter(i -> !Double.isNaN(logOdds[i])).boxed().toList();
    if (scheme != Pairs.BEST_WORST || readable.isEmpty()) {
      return readable;
    }
    double[] strength = new double[samples];
    for (int i : readable) {
      strength[compared.get(i).first()] += logOdds[i];
      strength[compared.get(i).second()] -= logOdds[i];
    }
    Comparator<Integer> byStrength = Comparator.comparingDouble(sample -> strength[sample]);
    List<Integer> all = IntStream.range(0, samples).boxed().toList();
    int best = all.stream().max(byStrength.thenComparing(Comparator.reverseOrder())).orElseThrow();
    int worst =
        all.stream()
            .filter(sample -> sample != best)
            .min(byStrength.thenComparing(Comparator.naturalOrder()))
            .orElseThrow();
    Two extremes = new Two(Math.min(best, worst), Math.max(best, worst));
    return readable.stream().filter(i -> compared.get(i).equals(extremes)).toList();
  }
}
