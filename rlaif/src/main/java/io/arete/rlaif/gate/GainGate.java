package io.arete.rlaif.gate;

import io.arete.rlaif.stats.Interval;
import java.util.List;

/**
 * A gain is claimed only if the whole interval lies above 0 and nothing else in the evaluation
 * speaks against it. It is a verdict, so it never stops.
 */
public final class GainGate {

  /** Its name in gates.json. */
  public static final String NAME = "gain";

  private GainGate() {}

  /**
   * Judges the difference tuned - base over n prompts.
   *
   * @param doubts what keeps a score that rose from being a gain, a clause each
   */
  public static GateResult of(double difference, Interval interval, long n, List<String> doubts) {
    boolean above = interval.low() > 0;
    return new GateResult(
        NAME,
        "",
        Text.of(
            "tuned - base %+.3f, 95 %% interval %+.3f to %+.3f",
            difference, interval.low(), interval.high()),
        "an interval above 0, and nothing that speaks against it",
        n,
        above && doubts.isEmpty(),
        false,
        above && !doubts.isEmpty()
            ? "no gain may be claimed: " + String.join("; ", doubts)
            : "no gain may be claimed",
        above
            ? "read replies side by side (arete report): what is rewarded may be something else; or"
                + " ask more prompts, if the verdict says how many would tell"
            : "see the evaluation's smallest detectable difference before asking for more");
  }
}
