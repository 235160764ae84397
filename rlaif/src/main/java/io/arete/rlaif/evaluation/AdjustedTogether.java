package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.stats.Holm;
import java.util.List;

/** Comparisons of one family: each row gets its p after Holm beside the one of its own test. */
final class AdjustedTogether {

  static final String ADJUSTED = "p_holm";
  private static final String OWN = "p_permutation";

  private AdjustedTogether() {}

  /** Writes {@value #ADJUSTED} into each row; all of them have {@value #OWN}. */
  static void write(List<ObjectNode> rows) {
    double[] adjusted =
        Holm.adjust(rows.stream().mapToDouble(row -> row.path(OWN).asDouble()).toArray());
    for (int i = 0; i < adjusted.length; i++) {
      rows.get(i).put(ADJUSTED, adjusted[i]);
    }
  }
}
