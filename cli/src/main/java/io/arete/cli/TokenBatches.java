package io.arete.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Cuts a list of sequences into runs that fit one forward pass, in order. */
final class TokenBatches {

  /** Tokens of one forward pass; a longer sequence has a pass of its own. */
  static final int TOKENS = 4096;

  private TokenBatches() {}

  /** Applies {@code pass} to runs of at most {@code budget} tokens; the results in order. */
  static <R> List<R> map(List<int[]> sequences, int budget, Function<List<int[]>, List<R>> pass) {
    List<R> results = new ArrayList<>();
    int from = 0;
    while (from < sequences.size()) {
      int to = from;
      long tokens = 0;
      do {
        tokens += sequences.get(to).length;
        to++;
      } while (to < sequences.size() && tokens + sequences.get(to).length <= budget);
      results.addAll(pass.apply(sequences.subList(from, to)));
      from = to;
    }
    return results;
  }
}
