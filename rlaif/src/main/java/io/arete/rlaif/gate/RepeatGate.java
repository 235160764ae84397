package io.arete.rlaif.gate;

import java.util.Map;
import java.util.stream.Collectors;

/** An evaluation that comes out otherwise the second time compares luck. */
public final class RepeatGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "repeat";

  private RepeatGate() {}

  /**
   * Judges an evaluation of which the first prompts were done again.
   *
   * @param differing lines that came out otherwise, by system
   * @param prompts of each
   */
  public static GateResult of(Map<String, Integer> differing, long prompts) {
    int all = differing.values().stream().mapToInt(Integer::intValue).sum();
    return new GateResult(
        NAME,
        "",
        all == 0
            ? "repeated, the evaluation has the same bytes"
            : "repeated, lines come out otherwise: " + words(differing, prompts),
        "the same bytes",
        prompts,
        all == 0,
        true,
        "the systems were not compared on the same draws, or other models were",
        "repeat the evaluation (--from evaluation), and put no other files into its folder");
  }

  private static String words(Map<String, Integer> differing, long prompts) {
    return differing.entrySet().stream()
        .filter(system -> system.getValue() > 0)
        .map(system -> system.getValue() + " of " + prompts + " of " + system.getKey())
        .collect(Collectors.joining(", "));
  }
}
