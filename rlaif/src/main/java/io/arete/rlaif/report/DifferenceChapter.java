package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Base against tuned, prompt by prompt. */
final class DifferenceChapter {

  private DifferenceChapter() {}

  static Optional<Chapter> of(RunFiles run) {
    Map<String, Double> base = means(run.lines("evaluation/base.jsonl"));
    double[] differences =
        run.lines("evaluation/tuned.jsonl").stream()
            .filter(row -> base.containsKey(row.path("id").asText()))
            .mapToDouble(
                row -> mean(row) - Objects.requireNonNull(base.get(row.path("id").asText())))
            .sorted()
            .toArray();
    if (differences.length == 0) {
      return Optional.empty();
    }
    long better = Arrays.stream(differences).filter(one -> one > 0).count();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Figure(
            "differences-sorted",
            "Tuned less base on each of "
                + differences.length
                + " prompts that neither training nor selection has seen, from the worst to the"
                + " best: "
                + better
                + " are better than before.",
            Plots.bars("ensemble score, tuned less base", "prompts", differences),
            quantiles(differences)));
    JsonNode summary = run.json("evaluation/summary.json");
    compared(summary.path("systems_table")).ifPresent(blocks::add);
    systems(summary).ifPresent(blocks::add);
    return Optional.of(new Chapter("differences", "Prompt by prompt", blocks));
  }

  private static Map<String, Double> means(List<ObjectNode> rows) {
    Map<String, Double> means = new HashMap<>();
    rows.forEach(row -> means.put(row.path("id").asText(), mean(row)));
    return means;
  }

  private static double mean(JsonNode row) {
    return row.path("mean").path("ensemble").asDouble();
  }

  private static Block.Numbers quantiles(double[] sorted) {
    List<List<String>> rows = new ArrayList<>();
    for (int percent : new int[] {0, 10, 25, 50, 75, 90, 100}) {
      int at = (int) Math.round((sorted.length - 1) * percent / 100.0);
      rows.add(List.of(percent + " %", Format.signed(sorted[at])));
    }
    return new Block.Numbers(List.of("so many prompts have at most", "difference"), rows);
  }

  /** Every system against the first, by the score that was tuned for and, where known, by truth. */
  private static Optional<Block.Figure> compared(JsonNode table) {
    String against = "minus_" + table.path("against").asText();
    List<Measured> rows = new ArrayList<>();
    for (String outcome : List.of("ensemble", "verdict_reward_model", "worth")) {
      for (var system : table.path("outcomes").path(outcome).path("systems").properties()) {
        Measured.of(system.getKey(), Format.words(outcome), system.getValue().path(against))
            .ifPresent(rows::add);
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Figure(
                "differences-systems",
                "Every system less "
                    + table.path("against").asText()
                    + " on the same prompts with the same draws, with intervals of 95 %: by the"
                    + " ensemble that was tuned for, and by what had no part in it.",
                Plots.intervals("difference", rows, List.of(new Plots.Mark(0, ""))),
                Measured.table(rows)));
  }

  private static Optional<Block> systems(JsonNode summary) {
    List<List<String>> rows = new ArrayList<>();
    for (var system : summary.path("systems").properties()) {
      JsonNode row = system.getValue();
      rows.add(
          List.of(
              system.getKey(),
              Format.number(row.path("tokens_per_reply").path("action")),
              Format.percent(row.path("cut_off_share").path("action")),
              Format.percent(row.path("distinct_share").path("action")),
              Format.percent(row.path("identical_to_base_share"))));
    }
    Block.Numbers told =
        new Block.Numbers(
                List.of("system", "tokens an action", "cut off", "distinct", "same as base"), rows)
            .told();
    return told.rows().isEmpty() ? Optional.empty() : Optional.of(told);
  }
}
