package io.arete.rlaif.gate;

import io.arete.engine.CountedRandom;
import io.arete.rlaif.ppo.PolicyLook;
import io.arete.rlaif.stats.Bootstrap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The models that reward see the policy rise while models that rewarded nothing see it fall: it
 * learns their errors. Looks ask the same prompts, so the difference is taken prompt by prompt.
 */
public final class WatchScoreGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "watch-score";

  /** Fewer looks have no thirds, fewer prompts no interval to speak of. */
  private static final int FEWEST_LOOKS = 3;

  private static final int FEWEST_PROMPTS = 8;
  private static final int RESAMPLES = 1000;
  private static final double CONFIDENCE = 0.95;

  private WatchScoreGate() {}

  /**
   * Compares the last third of the looks with the first, each prompt's mean over them.
   *
   * @param looks of the run so far, on the same prompts
   */
  public static GateResult of(List<PolicyLook> looks) {
    String threshold = "not below the first third while the reward's own score is above it";
    int prompts = looks.isEmpty() ? 0 : looks.get(0).proxy().size();
    Optional<String> missing = missing(looks, prompts);
    if (missing.isPresent()) {
      return GateResult.cannotTell(
          NAME,
          "",
          threshold,
          prompts,
          missing.get(),
          "set reward.watch_model, or a smaller ppo.watch_every, or more ppo.watch_prompts");
    }
    Bootstrap watch = rise(looks, prompts, look -> look.watch().orElseThrow());
    Bootstrap proxy = rise(looks, prompts, PolicyLook::proxy);
    boolean passed = watch.interval().high() >= 0 || proxy.interval().low() <= 0;
    return new GateResult(
        NAME,
        "",
        Text.of(
            "watch score %+.2f (%+.2f to %+.2f), the reward's own %+.2f (%+.2f to %+.2f)",
            watch.meanDifference(),
            watch.interval().low(),
            watch.interval().high(),
            proxy.meanDifference(),
            proxy.interval().low(),
            proxy.interval().high()),
        threshold,
        prompts,
        passed,
        true,
        "the policy learns the errors of the models that reward it",
        "raise ppo.kl_coefficient, stop earlier (ppo.iterations), or keep the best policy so far"
            + " (ppo.keep: best)");
  }

  private static Optional<String> missing(List<PolicyLook> looks, int prompts) {
    if (looks.stream().anyMatch(look -> look.watch().isEmpty())) {
      return Optional.of("no watch reward model scores the looks");
    }
    if (looks.size() < FEWEST_LOOKS) {
      return Optional.of("fewer than " + FEWEST_LOOKS + " looks were taken");
    }
    return prompts < FEWEST_PROMPTS
        ? Optional.of("fewer than " + FEWEST_PROMPTS + " prompts were asked")
        : Optional.empty();
  }

  private static Bootstrap rise(
      List<PolicyLook> looks, int prompts, Function<PolicyLook, List<Double>> scores) {
    int third = looks.size() / 3;
    return Bootstrap.ofPairs(
        means(looks.subList(0, third), prompts, scores),
        means(looks.subList(looks.size() - third, looks.size()), prompts, scores),
        RESAMPLES,
        CONFIDENCE,
        CountedRandom.of(0).at(NAME));
  }

  private static double[] means(
      List<PolicyLook> looks, int prompts, Function<PolicyLook, List<Double>> scores) {
    double[] means = new double[prompts];
    for (PolicyLook look : looks) {
      List<Double> own = scores.apply(look);
      for (int i = 0; i < prompts; i++) {
        means[i] += own.get(i) / looks.size();
      }
    }
    return means;
  }
}
