package io.arete.cli;

import io.arete.engine.forest.Forest;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.train.ScalarReadout;
import java.util.Arrays;

/** Scores of sequences, read at the last token of each. */
final class EndScores {

  private EndScores() {}

  /** Reads the sequences of a forest in one pass. */
  static double[] read(LoadedModel loaded, ScalarHead head, Forest forest) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      int[] ends = new int[forest.sequences()];
      Arrays.setAll(ends, forest::end);
      return new ScalarReadout(loaded.decoder(), head)
          .read(loaded.decoder().read(forest, loaded.adapters()), ends);
    }
  }
}
