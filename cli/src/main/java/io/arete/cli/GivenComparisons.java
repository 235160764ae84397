package io.arete.cli;

import io.arete.engine.AreteException;
import io.arete.rlaif.labeling.GivenPairs;
import io.arete.rlaif.labeling.PairSource;
import io.arete.rlaif.reward.GivenComparison;
import java.util.List;

/** Someone's pairs, of which is known which reply is better. */
final class GivenComparisons {

  private GivenComparisons() {}

  /**
   * Reads pairs.
   *
   * @throws AreteException if the file does not say which reply is better
   */
  static GivenPairs preferred(PairSource source) {
    return requirePreferred(source, GivenPairs.read(source));
  }

  /**
   * As {@link #preferred}, with margins and weights.
   *
   * @throws AreteException also if one is no such number
   */
  static GivenPairs toTrain(PairSource source) {
    return requirePreferred(source, GivenPairs.readToTrain(source));
  }

  private static GivenPairs requirePreferred(PairSource source, GivenPairs given) {
    if (!given.columns().preferred()) {
      throw new AreteException(
          source.file()
              + " does not say which reply is better; give a file with the columns chosen and"
              + " rejected, such as label writes.");
    }
    return given;
  }

  /** As reward models read them. */
  static List<GivenComparison> of(GivenPairs given) {
    return given.pairs().stream()
        .map(
            pair ->
                new GivenComparison(
                    pair.id(),
                    pair.sides().prompt(),
                    pair.sides().firstReply(),
                    pair.sides().secondReply(),
                    pair.p(),
                    pair.margin(),
                    pair.weight()))
        .toList();
  }
}
