package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.file.ShareJson;
import java.util.Optional;
import java.util.function.IntPredicate;
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
        ShareJson.of(
            count(known, i -> (read.pairs().get(i).p() - 0.5) * lead(read, i) > 0), known.length));
    root.set(
        "scores",
        ShareJson.of(count(known, i -> differences[i] * lead(read, i) > 0), known.length));
    return Optional.of(root);
  }

  private static double lead(ReadPairs read, int pair) {
    return read.pairs().get(pair).trueLead().orElse(0);
  }

  private static int count(int[] pairs, IntPredicate right) {
    return (int) IntStream.of(pairs).filter(right).count();
  }
}
