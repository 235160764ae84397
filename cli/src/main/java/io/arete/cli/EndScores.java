package io.arete.cli;

import io.arete.engine.forest.Forest;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.train.ScalarReadout;
import java.util.Arrays;
import java.util.List;

/** Scores of sequences, read at the last token of each. */
final class EndScores {

  private EndScores() {}

  /** Reads sequences in one pass. */
  static List<Double> read(LoadedModel loaded, ScalarHead head, List<int[]> sequences) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Forest forest = Forest.of(sequences);
      int[] ends = new int[sequences.size()];
      Arrays.setAll(ends, forest::end);
      double[] scores =
          new ScalarReadout(loaded.decoder(), head)
              .read(loaded.decoder().read(forest, loaded.adapters()), ends);
      return Arrays.stream(scores).boxed().toList();
    }
  }
}
