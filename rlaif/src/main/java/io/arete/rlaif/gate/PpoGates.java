package io.arete.rlaif.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.adapter.StackedModel;
import io.arete.rlaif.config.GatesSection;
import io.arete.rlaif.ppo.IterationHealth;
import io.arete.rlaif.ppo.PolicyLook;
import io.arete.rlaif.ppo.PpoWatch;
import io.arete.rlaif.ppo.RoundHealth;
import io.arete.rlaif.ppo.formula.RatioStats;
import io.arete.rlaif.run.Metric;
import io.arete.rlaif.run.MetricLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gates of a running PPO, looked at before each iteration's first step. The file shows the last
 * iteration's results; one that was forced stays, so that it cannot be overlooked at the end. Where
 * the policy has gone is judged when a fifth of the run is done, what watch reward models say of it
 * at every look from then on.
 */
public final class PpoGates implements PpoWatch {

  private final GatesSection gates;
  private final GateKeeper keeper;
  private final long judgedFrom;
  private final Path metrics;
  private final Greedy greedy;
  private @Nullable JsonNode unchanged;
  private @Nullable Metric first;
  private List<GateResult> ofRound = List.of();
  private List<GateResult> ofLooks;

  /** Reads greedy replies of a policy and its reference. */
  @FunctionalInterface
  public interface Greedy {

    /** How many are the same, as {@link CheckReadings#greedy} reads it. */
    JsonNode read(StackedModel policy, StackedModel reference);
  }

  /**
   * Gates with a recipe's thresholds.
   *
   * @param iterations of the whole run
   * @param metrics the log that PPO writes
   */
  public PpoGates(
      GatesSection gates, GateKeeper keeper, int iterations, Path metrics, Greedy greedy) {
    this.gates = gates;
    this.keeper = keeper;
    this.judgedFrom = PolicyDrift.judgedFrom(iterations);
    this.metrics = metrics;
    this.greedy = greedy;
    // A run that goes on has been looked at already.
    this.ofLooks =
        keeper.allowedResults(GatePhase.DURING_PPO).stream()
            .filter(result -> result.name().equals(WatchScoreGate.NAME))
            .toList();
  }

  @Override
  public void beforeRound(long iteration, StackedModel policy, StackedModel reference) {
    if (iteration >= judgedFrom && unchanged == null) {
      unchanged = greedy.read(policy, reference);
    }
  }

  @Override
  public void beforeFirstStep(RoundHealth health) {
    List<GateResult> found = new ArrayList<>(List.of(ratio(health), samplingKl(health)));
    if (health.iteration() >= judgedFrom) {
      CheckReadings readings = new CheckReadings(gates.checks());
      Optional.ofNullable(unchanged).ifPresent(read -> found.addAll(readings.greedy(read)));
      firstLine()
          .ifPresent(line -> found.addAll(PolicyDrift.of(line, health).judged(gates.checks())));
    }
    ofRound = found;
    check();
  }

  @Override
  public void afterLook(List<PolicyLook> looks) {
    PolicyLook last = looks.get(looks.size() - 1);
    if (last.iteration() >= judgedFrom && last.watch().isPresent()) {
      ofLooks = List.of(WatchScoreGate.of(looks));
      check();
    }
  }

  private void check() {
    List<GateResult> found = new ArrayList<>(ofRound);
    found.addAll(ofLooks);
    List<GateResult> forced = keeper.forcedResults(GatePhase.DURING_PPO);
    List<GateResult> shown = new ArrayList<>();
    for (GateResult result : found) {
      shown.add(
          forced.stream()
              .filter(earlier -> earlier.title().equals(result.title()) && result.passed())
              .findFirst()
              .orElse(result));
    }
    keeper.check(GatePhase.DURING_PPO, shown);
  }

  @Override
  public void afterIteration(IterationHealth health) {}

  /** It stands in the log as soon as a second iteration begins. */
  private Optional<Metric> firstLine() {
    if (first == null && Files.exists(metrics)) {
      List<Metric> lines = MetricLog.read(metrics);
      first = lines.isEmpty() ? null : lines.get(0);
    }
    return Optional.ofNullable(first);
  }

  private GateResult ratio(RoundHealth health) {
    RatioStats ratios = health.ratios();
    return RatioGate.of(
        ratios.meanDistance(),
        ratios.largestDistance(),
        health.samplingMismatch(),
        ratios.tokens(),
        new RatioGate.Bounds(gates.ratioMean(), gates.ratioMax()));
  }

  private GateResult samplingKl(RoundHealth health) {
    return SamplingKlGate.of(
        health.recentK1().stream().mapToDouble(Double::doubleValue).toArray(),
        gates.samplingKlMean(),
        gates.samplingKlZ(),
        gates.samplingKlReplies());
  }
}
