package io.arete.rlaif.gate;

import io.arete.rlaif.stats.Interval;

/**
 * A gain is claimed only if the whole interval lies above 0. It is a verdict, so it never stops.
 */
public final class GainGate {

  /** Its name in gates.json. */
  public static final String NAME = "gain";

  private GainGate() {}

  /** Judges the difference tuned - base over n prompts. */
  public static GateResult of(double difference, Interval interval, long n) {
    return new GateResult(
        NAME,
        "",
        Text.of(
            "tuned - base %+.3f, 95 %% interval %+.3f to %+.3f",
            difference, interval.low(), interval.high()),
        "an interval above 0",
        n,
        interval.low() > 0,
        false,
        "no gain may be claimed",
        "see the evaluation's smallest detectable difference before asking for more");
  }
}
