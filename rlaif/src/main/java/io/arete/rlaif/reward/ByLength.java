package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.file.ShareJson;
import io.arete.rlaif.stats.Interval;
import io.arete.rlaif.stats.Spearman;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Does a reward model prefer what is longer? Lengths are tokens of the facet's own reply with its
 * end of turn.
 */
final class ByLength {

  /** Replies match in length if they differ by at most this share of the longer one. */
  private static final double MATCHED = 0.1;

  private ByLength() {}

  /** What is known of at least two pairs; fields that need more are left out. */
  static ObjectNode of(ReadPairs read) {
    double[] scores = read.differences();
    double[] lengths = new double[scores.length];
    Arrays.setAll(lengths, i -> lead(read.pairs().get(i)));
    // Which of a pair stands first is nobody's choice, so each pair counts both ways round.
    double rho = Spearman.rho(ReadPairs.bothWays(scores), ReadPairs.bothWays(lengths));
    ObjectNode root =
        JsonNodeFactory.instance.objectNode().put("n", scores.length).put("spearman", rho);
    if (scores.length >= Spearman.LEAST_FOR_INTERVAL) {
      Interval interval = Spearman.interval95(rho, scores.length);
      root.put("spearman_low", interval.low()).put("spearman_high", interval.high());
    }
    int[] unlike =
        IntStream.range(0, lengths.length)
            .filter(i -> lengths[i] != 0 && read.pairs().get(i).p() != 0.5)
            .toArray();
    if (unlike.length > 0) {
      double[] labels = read.labels();
      root.set(
          "labels_prefer_longer",
          ShareJson.of(count(unlike, i -> lengths[i] > 0 == labels[i] > 0.5), unlike.length));
      root.set(
          "scores_prefer_longer",
          ShareJson.of(count(unlike, i -> lengths[i] * scores[i] > 0), unlike.length));
    }
    root.put("matched_within", MATCHED);
    root.set("matched", HeldOut.of(read.where(ByLength::matched)).toJson());
    return root;
  }

  private static int lead(RewardPair pair) {
    return pair.first().replyTokens() - pair.second().replyTokens();
  }

  private static boolean matched(RewardPair pair) {
    int longer = Math.max(pair.first().replyTokens(), pair.second().replyTokens());
    return Math.abs(lead(pair)) <= MATCHED * longer;
  }

  private static int count(int[] places, IntPredicate wanted) {
    return (int) IntStream.of(places).filter(wanted).count();
  }
}
