package io.arete.rlaif.ppo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The numbers of the last replies, for judgements that one round is too small for. */
final class RecentReplies {

  /** The fewest that are remembered, once there are so many. */
  static final int LEAST = 256;

  private RecentReplies() {}

  /** The memory after a round: all of its replies, and enough of the older ones. */
  static List<Double> after(List<Double> before, double[] round) {
    int older = Math.min(before.size(), Math.max(0, LEAST - round.length));
    List<Double> all = new ArrayList<>(before.subList(before.size() - older, before.size()));
    Arrays.stream(round).forEach(all::add);
    return List.copyOf(all);
  }
}
