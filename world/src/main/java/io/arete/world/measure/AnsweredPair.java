package io.arete.world.measure;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.feedback.Judgement;
import java.util.List;
import java.util.stream.IntStream;

/** Two conversations on one prompt. */
record AnsweredPair(Answered first, Answered second) {

  /** Pairs of what stands at the same place. */
  static List<AnsweredPair> of(List<Answered> firsts, List<Answered> seconds) {
    return IntStream.range(0, firsts.size())
        .mapToObj(i -> new AnsweredPair(firsts.get(i), seconds.get(i)))
        .toList();
  }

  /**
   * The same, judged on a facet.
   *
   * @param judgement every virtue in both orders
   */
  record Judged(AnsweredPair pair, Facet facet, Judgement judgement) {

    /** Gold of the first less that of the second: what the judge should see. */
    double difference() {
      return pair.first.gold(facet).value() - pair.second.gold(facet).value();
    }
  }
}
