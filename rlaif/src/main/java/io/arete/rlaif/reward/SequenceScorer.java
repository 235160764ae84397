package io.arete.rlaif.reward;

import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.train.ScalarReadout;
import java.util.Arrays;
import java.util.List;

/**
 * Scores token sequences, each read at its last token, a bounded number of tokens at a time.
 *
 * @param adapters what stands on the base, frozen
 * @param head what scores
 */
record SequenceScorer(DecoderModel model, Adapters adapters, ScalarHead head) {

  /** Sequences of one pass hold at most so many tokens, unless one alone has more. */
  private static final int TOKENS_PER_PASS = 2048;

  /** Scores in the order of the sequences. */
  double[] score(List<int[]> sequences) {
    double[] scores = new double[sequences.size()];
    int from = 0;
    while (from < scores.length) {
      int to = from;
      int tokens = 0;
      while (to < scores.length
          && (to == from || tokens + sequences.get(to).length <= TOKENS_PER_PASS)) {
        tokens += sequences.get(to).length;
        to++;
      }
      double[] read = pass(sequences.subList(from, to));
      System.arraycopy(read, 0, scores, from, read.length);
      from = to;
    }
    return scores;
  }

  private double[] pass(List<int[]> sequences) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Forest forest = Forest.of(sequences);
      int[] ends = new int[sequences.size()];
      Arrays.setAll(ends, forest::end);
      return new ScalarReadout(model, head).read(model.read(forest, adapters), ends);
    }
  }
}
