package io.arete.rlaif.gate;

import io.arete.rlaif.config.GatesSection;
import io.arete.rlaif.ppo.IterationHealth;
import io.arete.rlaif.ppo.PpoWatch;
import io.arete.rlaif.ppo.RatioStats;
import io.arete.rlaif.ppo.RoundHealth;
import java.util.ArrayList;
import java.util.List;

/**
 * The gates of a running PPO, looked at before each iteration's first step. The file shows the last
 * iteration's results; one that was forced stays, so that it cannot be overlooked at the end.
 */
public final class PpoGates implements PpoWatch {

  private final GatesSection gates;
  private final GateKeeper keeper;

  /** Gates with a recipe's thresholds. */
  public PpoGates(GatesSection gates, GateKeeper keeper) {
    this.gates = gates;
    this.keeper = keeper;
  }

  @Override
  public void beforeFirstStep(RoundHealth health) {
    List<GateResult> forced = keeper.forcedResults(GatePhase.DURING_PPO);
    List<GateResult> shown = new ArrayList<>();
    for (GateResult result : List.of(ratio(health), samplingKl(health))) {
      shown.add(
          forced.stream()
              .filter(earlier -> earlier.name().equals(result.name()) && result.passed())
              .findFirst()
              .orElse(result));
    }
    keeper.check(GatePhase.DURING_PPO, shown);
  }

  @Override
  public void afterIteration(IterationHealth health) {}

  private GateResult ratio(RoundHealth health) {
    RatioStats ratios = health.ratios();
    return RatioGate.of(
        ratios.meanDistance(),
        ratios.largestDistance(),
        ratios.tokens(),
        gates.ratioMean(),
        gates.ratioMax());
  }

  private GateResult samplingKl(RoundHealth health) {
    return SamplingKlGate.of(
        health.recentK1().stream().mapToDouble(Double::doubleValue).toArray(),
        gates.samplingKlMean(),
        gates.samplingKlZ(),
        gates.samplingKlReplies());
  }
}
