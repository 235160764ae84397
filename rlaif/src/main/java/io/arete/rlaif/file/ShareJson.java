package io.arete.rlaif.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.stats.Interval;
import io.arete.rlaif.stats.Wilson;

/** A share as all summaries write it: how many of how many, and between what it truly lies. */
public final class ShareJson {

  private ShareJson() {}

  /** A share of n > 0 with its Wilson interval at 95 %. */
  public static ObjectNode of(int count, int n) {
    Interval interval = Wilson.interval95(count, n);
    return JsonNodeFactory.instance
        .objectNode()
        .put("count", count)
        .put("n", n)
        .put("share", (double) count / n)
        .put("low", interval.low())
        .put("high", interval.high());
  }
}
