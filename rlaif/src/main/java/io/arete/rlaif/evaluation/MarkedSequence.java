package io.arete.rlaif.evaluation;

import io.arete.engine.adapter.StackedModel;
import io.arete.engine.forest.Forest;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.train.ChunkedLogProbs;
import java.util.Arrays;
import java.util.List;

/**
 * A sequence with the places of the tokens that count.
 *
 * @param ids {@code [tokens]}
 * @param places of those tokens, each at least 1
 */
record MarkedSequence(int[] ids, int[] places) {

  /** Log-probabilities of the tokens that count, by sequence, from one forward pass. */
  static double[][] logProbs(List<MarkedSequence> marked, StackedModel model) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Forest forest = Forest.of(marked.stream().map(MarkedSequence::ids).toList());
      int count = marked.stream().mapToInt(one -> one.places().length).sum();
      int[] rows = new int[count];
      int[] targets = new int[count];
      int at = 0;
      for (int i = 0; i < marked.size(); i++) {
        for (int place : marked.get(i).places()) {
          rows[at] = forest.index(i, place - 1);
          targets[at] = marked.get(i).ids()[place];
          at++;
        }
      }
      double[] all =
          new ChunkedLogProbs(model.decoder(), 1).read(model.read(forest), rows, targets);
      return split(all, marked);
    }
  }

  private static double[][] split(double[] all, List<MarkedSequence> marked) {
    double[][] parts = new double[marked.size()][];
    int at = 0;
    for (int i = 0; i < parts.length; i++) {
      int end = at + marked.get(i).places().length;
      parts[i] = Arrays.copyOfRange(all, at, end);
      at = end;
    }
    return parts;
  }
}
