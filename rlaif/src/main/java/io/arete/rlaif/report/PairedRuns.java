package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.stats.Bootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the tuned models of runs are worth, less the first run's, on the prompts that both were
 * asked. Scores are compared only where both runs have the very same reward models: others have
 * scales of their own.
 */
final class PairedRuns {

  private static final int RESAMPLES = 2_000;
  private static final double CONFIDENCE = 0.95;
  private static final int FEWEST_PROMPTS = 2;
  private static final long SEED = 1;

  private PairedRuns() {}

  /** Figure and table, and what could not be compared. */
  static List<Block> of(List<ReportedRun> runs) {
    ReportedRun first = runs.get(0);
    List<Measured> rows = new ArrayList<>();
    List<String> prompts = new ArrayList<>();
    List<String> apart = new ArrayList<>();
    for (ReportedRun run : runs.subList(1, runs.size())) {
      int before = rows.size();
      if (models(first).equals(models(run))) {
        add(run, "ensemble score", scores(first), scores(run), rows, prompts);
      } else {
        apart.add(run.name());
      }
      add(run, "truth", worth(first), worth(run), rows, prompts);
      if (rows.size() == before && !apart.contains(run.name())) {
        apart.add(run.name());
      }
    }
    List<Block> blocks = new ArrayList<>();
    if (!rows.isEmpty()) {
      blocks.add(figure(first, rows, prompts));
    }
    if (!apart.isEmpty()) {
      blocks.add(
          new Block.Prose(
              "Scores of "
                  + String.join(", ", apart)
                  + " are not compared with those of "
                  + first.name()
                  + ": only runs with the very same reward models and prompts have one scale."
                  + " Compare their gains instead."));
    }
    return blocks;
  }

  private static Block.Figure figure(ReportedRun first, List<Measured> rows, List<String> prompts) {
    List<List<String>> numbers = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Measured row = rows.get(i);
      numbers.add(
          List.of(
              row.row(),
              row.series(),
              prompts.get(i),
              Format.signed(row.value()),
              Format.signed(row.low()) + " to " + Format.signed(row.high())));
    }
    return new Block.Figure(
        "comparison-paired",
        "The tuned model of each run less that of "
            + first.name()
            + ", prompt by prompt where both were asked the same, with intervals of 95 % over"
            + " prompts.",
        Plots.intervals(
            "less " + first.name(), rows, List.of(new Plots.Mark(0, "as " + first.name()))),
        new Block.Numbers(
            List.of("run", "by", "shared prompts", "difference", "95 % interval"), numbers));
  }

  private static void add(
      ReportedRun run,
      String by,
      Map<String, Double> first,
      Map<String, Double> second,
      List<Measured> rows,
      List<String> prompts) {
    List<String> shared = first.keySet().stream().filter(second::containsKey).toList();
    if (shared.size() < FEWEST_PROMPTS) {
      return;
    }
    Bootstrap found =
        Bootstrap.ofPairs(
            values(first, shared),
            values(second, shared),
            RESAMPLES,
            CONFIDENCE,
            CountedRandom.of(SEED).at("report").at(by));
    rows.add(
        new Measured(
            run.name(),
            by,
            found.meanDifference(),
            found.interval().low(),
            found.interval().high()));
    prompts.add(Integer.toString(shared.size()));
  }

  private static double[] values(Map<String, Double> numbers, List<String> prompts) {
    return prompts.stream()
        .mapToDouble(prompt -> Objects.requireNonNull(numbers.get(prompt)))
        .toArray();
  }

  /** The digest of the reward models that scored a run; empty if it has none. */
  private static JsonNode models(ReportedRun run) {
    return run.files().json("run.json").at("/stages/evaluation/inputs/results of reward");
  }

  private static Map<String, Double> scores(ReportedRun run) {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (ObjectNode row : run.files().lines("evaluation/tuned.jsonl")) {
      scores.put(row.path("id").asText(), row.path("mean").path("ensemble").asDouble());
    }
    return scores;
  }

  private static Map<String, Double> worth(ReportedRun run) {
    Map<String, Double> worth = new LinkedHashMap<>();
    for (ObjectNode row : run.files().lines("evaluation/worth.jsonl")) {
      if (row.path("tuned").isNumber()) {
        worth.put(row.path("id").asText(), row.path("tuned").asDouble());
      }
    }
    return worth;
  }
}
