package io.arete.rlaif.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.stats.Reliability;

/** A reliability curve as all summaries write it. */
public final class ReliabilityJson {

  private ReliabilityJson() {}

  /**
   * Its expected error, and its bins: what was said there on average, and the share that was found.
   */
  public static ObjectNode of(Reliability reliability) {
    ObjectNode row =
        JsonNodeFactory.instance.objectNode().put("expected_error", reliability.expectedError());
    ArrayNode bins = row.putArray("bins");
    for (Reliability.Bin bin : reliability.bins()) {
      ObjectNode one = bins.addObject().put("from", bin.low()).put("to", bin.high());
      one.put("said", bin.said());
      one.set("found", ShareJson.of(bin.happened(), bin.n()));
    }
    return row;
  }
}
