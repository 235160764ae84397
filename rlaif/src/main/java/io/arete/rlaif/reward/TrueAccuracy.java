package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.stats.Interval;
import io.arete.rlaif.stats.Wilson;
import java.util.Optional;
import java.util.stream.IntStream;

/** How often labels and scores name the conversation that is really better, where that is known. */
final class TrueAccuracy {

  private TrueAccuracy() {}

  /** Nothing if of no pair it is known which is better. */
  static Optional<ObjectNode> of(ReadPairs read) {
    int[] known = IntStream.range(0, read.pairs().size()).filter(i -> lead(read, i) != 0).toArray();
    if (known.length == 0) {
      return Optional.empty();
    }
    double[] differences = read.differences();
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("n", known.length);
    root.set(
        "labels",
        share(
            IntStream.of(known).filter(i -> (read.pairs().get(i).p() - 0.5) * lead(read, i) > 0),
            known.length));
    root.set(
        "scores",
        share(IntStream.of(known).filter(i -> differences[i] * lead(read, i) > 0), known.length));
    return Optional.of(root);
  }

  private static double lead(ReadPairs read, int pair) {
    return read.pairs().get(pair).trueLead().orElse(0);
  }

  private static ObjectNode share(IntStream right, int of) {
    int count = (int) right.count();
    Interval interval = Wilson.interval95(count, of);
    return JsonNodeFactory.instance
        .objectNode()
        .put("right", count)
        .put("accuracy", (double) count / of)
        .put("low", interval.low())
        .put("high", interval.high());
  }
}
