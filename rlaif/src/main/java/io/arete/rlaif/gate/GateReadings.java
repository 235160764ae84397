package io.arete.rlaif.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.config.GatesSection;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.evaluation.Doubt;
import io.arete.rlaif.evaluation.VerdictDoubts;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.reward.RewardSet;
import io.arete.rlaif.reward.RewardSet.Role;
import io.arete.rlaif.run.Metric;
import io.arete.rlaif.run.MetricLog;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stats.Interval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads what stages left, and lets each gate judge it. A number that is not there is not judged.
 */
public final class GateReadings {

  private GateReadings() {}

  /**
   * The gates of the reward models. What is wrong with a model stops a run whose policy is trained
   * on it; of the others it is told.
   *
   * @param trained the facets that PPO reads
   */
  public static List<GateResult> reward(
      RunFolder folder, GatesSection gates, RewardSection settings, Set<Facet> trained) {
    List<GateResult> results = new ArrayList<>();
    for (RewardSet set : RewardSet.all(settings.members())) {
      for (Facet facet : Facet.values()) {
        Path file = set.model(folder, facet).resolve("evaluation.json");
        if (set.equals(RewardSet.FIRST) || Files.exists(file)) {
          reward(facet, JsonFile.read(file), gates, settings.heldOut()).stream()
              .map(result -> result.of(set.name()))
              .map(result -> rewards(set, facet, trained) ? result : untrained(result))
              .forEach(results::add);
        }
      }
    }
    return results;
  }

  private static boolean rewards(RewardSet set, Facet facet, Set<Facet> trained) {
    return set.role() == Role.ENSEMBLE && trained.contains(facet);
  }

  private static GateResult untrained(GateResult result) {
    return result.warningOnly("no policy is trained on this model");
  }

  /**
   * The gates of one reward model.
   *
   * @param found what its evaluation.json says
   * @param heldOutPairs how many pairs are wanted held out
   */
  public static List<GateResult> reward(
      Facet facet, JsonNode found, GatesSection gates, int heldOutPairs) {
    return List.of(
        FirstLossGate.of(
            facet,
            found.path("first_loss").asDouble(Double.NaN),
            found.path("first_pairs").asLong(),
            gates.firstLossTolerance(),
            gates.firstLossPairs()),
        HeldOutPairsGate.of(facet, found.path("n").asLong(), heldOutPairs),
        HeldOutAccuracyGate.of(
            facet,
            found.path("accuracy").asDouble(),
            interval(found, "accuracy_low", "accuracy_high"),
            found.path("decided").asLong(found.path("n").asLong()),
            gates.heldOutAccuracyLow()),
        HeldOutLossGate.of(
            facet,
            found.path("temperature_fit").path("held_out_loss").asDouble(Double.NaN),
            found.path("n").asLong()));
  }

  /**
   * What a log of PPO says of where the policy has gone; nothing before a fifth of it is done.
   *
   * @param iterations of the whole run
   * @param conversations of an iteration
   */
  public static List<GateResult> drift(
      RunFolder folder, GatesSection gates, int iterations, long conversations) {
    Path log = folder.metrics(Stage.PPO);
    List<Metric> lines = Files.exists(log) ? MetricLog.read(log) : List.of();
    if (lines.size() < PolicyDrift.judgedFrom(iterations)) {
      return List.of();
    }
    Metric last = lines.get(lines.size() - 1);
    return PolicyDrift.of(lines.get(0), last, conversations).judged(gates.checks());
  }

  /** What gates.json says of a phase. */
  public static List<GateResult> written(Path gatesFile, GatePhase phase) {
    List<GateResult> results = new ArrayList<>();
    for (JsonNode row : JsonFile.readIfThere(gatesFile).path("gates")) {
      if (row.path("when").asText().equals(phase.wireName())) {
        results.add(GateResult.ofJson(row));
      }
    }
    return results;
  }

  /** The verdict's gate. */
  public static List<GateResult> verdict(Path evaluationSummary) {
    JsonNode found = JsonFile.read(evaluationSummary);
    JsonNode primary = found.path("tuned_minus_base").path(found.path("primary_outcome").asText());
    return List.of(
        GainGate.of(
            primary.path("difference").asDouble(),
            interval(primary, "low", "high"),
            found.path("n").asLong(),
            VerdictDoubts.of(found).stream().map(Doubt::says).toList()));
  }

  /** The interval of those fields; from 0 to 1 if they are not there, which says nothing. */
  static Interval interval(JsonNode row, String low, String high) {
    return row.has(low) && row.has(high)
        ? new Interval(row.path(low).asDouble(), row.path(high).asDouble())
        : new Interval(0, 1);
  }
}
