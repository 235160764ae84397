package io.arete.rlaif.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.config.CheckSettings;
import io.arete.rlaif.data.Facet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Lets gates judge what experiments left; see the experiments for the fields. */
public final class CheckReadings {

  private static final String FAILED = "failed";

  private final CheckSettings settings;

  /** With a recipe's thresholds. */
  public CheckReadings(CheckSettings settings) {
    this.settings = settings;
  }

  /** What was cut away before reward models see it. */
  public List<GateResult> lengths(JsonNode lengths) {
    if (lengths.has(FAILED)) {
      return unreadable(TextLengthGate.NAME, lengths);
    }
    List<GateResult> results = new ArrayList<>();
    for (Facet facet : Facet.values()) {
      JsonNode row = lengths.path(facet.wireName());
      if (row.isMissingNode()) {
        continue;
      }
      results.add(
          CutReplyGate.of(
              facet,
              row.path("cut_off").asLong(),
              row.path("replies").asLong(),
              settings.cutReplyWarn(),
              settings.cutReplyStop()));
      results.add(
          TextLengthGate.of(
              facet,
              row.path("at_max").asLong(),
              row.path("texts").asLong(),
              settings.longTextWarn(),
              settings.longTextStop()));
      results.add(
          IdenticalPairsGate.of(
              facet,
              row.path("identical").asLong(),
              row.path("pairs").asLong(),
              settings.identicalWarn()));
    }
    return results;
  }

  /** What a linear model learned of the labels of each facet that it was tried on. */
  public List<GateResult> probe(JsonNode probe) {
    if (probe.has(FAILED)) {
      return unreadable(ProbeGate.NAME, probe);
    }
    List<GateResult> results = new ArrayList<>();
    for (Facet facet : Facet.values()) {
      JsonNode row = probe.path(facet.wireName());
      if (row.isMissingNode()) {
        continue;
      }
      int[] shuffled =
          StreamSupport.stream(row.path("right_when_shuffled").spliterator(), false)
              .mapToInt(JsonNode::asInt)
              .toArray();
      int n = row.path("n").asInt();
      int fitted = row.path("fitted").asInt();
      results.add(ProbeGate.of(facet, row.path("right").asInt(), shuffled, fitted, n));
      results.add(ProbeLeakGate.of(facet, shuffled, n));
    }
    return results;
  }

  /**
   * What PPO's own path says of the held-out pairs, by facet that PPO reads.
   *
   * @param bfloat16 whether the base computes in that
   */
  public List<GateResult> scoring(JsonNode scoring, boolean bfloat16) {
    if (scoring.has(FAILED)) {
      return List.of(ScoringPathGate.unreadable(scoring.path(FAILED).asText()));
    }
    List<GateResult> results = new ArrayList<>();
    for (Facet facet : Facet.values()) {
      JsonNode row = scoring.path(facet.wireName());
      if (row.isMissingNode()) {
        continue;
      }
      int decided = row.path("decided").asInt();
      results.add(
          ScoringPathGate.of(
              facet,
              decided == 0 ? Double.NaN : row.path("right").asDouble() / decided,
              row.path("evaluated_accuracy").asDouble(Double.NaN),
              row.path("same_texts").asBoolean(true),
              row.path("double_start").asLong(),
              decided,
              settings.scoringDifference()
                  + (decided == 0 ? 0 : row.path("close").asDouble() / decided)));
      JsonNode alone = row.path("alone");
      results.add(
          AloneGate.of(
              facet,
              alone.path("largest").asDouble(),
              alone.path("texts").asLong(),
              settings.alone().warn(bfloat16),
              settings.alone().stop(bfloat16)));
    }
    return results;
  }

  /** What the ensemble chooses among replies, and what its rewards are made of. */
  public List<GateResult> chosen(JsonNode chosen) {
    int samples = chosen.path("samples").asInt(settings.bestOfSamples());
    if (chosen.has(FAILED)) {
      return List.of(BestOfGate.cannotTell(samples, 0, chosen.path(FAILED).asText()));
    }
    List<GateResult> results = new ArrayList<>();
    JsonNode choice = chosen.path("choice");
    if (choice.has("won")) {
      results.add(
          BestOfGate.of(
              choice.path("judge").asText("the labeler"),
              choice.path("won").asInt(),
              choice.path("lost").asInt(),
              choice.path("undecided").asInt(),
              samples,
              settings.bestOfLow()));
    } else {
      results.add(
          BestOfGate.cannotTell(
              samples,
              chosen.path("prompts").asLong(),
              choice.path("nobody").asText("too few watch prompts, or too few paid for")));
    }
    JsonNode spread = chosen.path("spread");
    if (spread.has("within_share")) {
      long n = spread.path("n").asLong();
      results.add(SpreadGate.of(spread.path("within_share").asDouble(), n, settings.spreadLow()));
      Map<String, Double> parts = new LinkedHashMap<>();
      spread
          .path("parts")
          .properties()
          .forEach(part -> parts.put(part.getKey(), part.getValue().asDouble()));
      if (!parts.isEmpty()) {
        results.add(DominanceGate.of(parts, n, settings.dominance()));
      }
    }
    return results;
  }

  private static List<GateResult> unreadable(String gate, JsonNode experiment) {
    return List.of(GateResult.silent(gate, experiment.path(FAILED).asText()));
  }

  /** How many greedy replies PPO has changed. */
  public List<GateResult> greedy(JsonNode greedy) {
    if (greedy.has(FAILED)) {
      return unreadable(UnchangedGate.NAME, greedy);
    }
    return greedy.has("n")
        ? List.of(
            UnchangedGate.of(
                greedy.path("unchanged").asLong(),
                greedy.path("n").asLong(),
                settings.unchangedWarn()))
        : List.of();
  }

  /** An evaluation of which some was done again. */
  public List<GateResult> repeat(JsonNode repeat) {
    if (repeat.has(FAILED)) {
      return unreadable(RepeatGate.NAME, repeat);
    }
    if (!repeat.has("systems")) {
      return List.of();
    }
    Map<String, Integer> differing = new LinkedHashMap<>();
    repeat
        .path("systems")
        .properties()
        .forEach(system -> differing.put(system.getKey(), system.getValue().asInt()));
    return List.of(RepeatGate.of(differing, repeat.path("prompts").asLong()));
  }
}
