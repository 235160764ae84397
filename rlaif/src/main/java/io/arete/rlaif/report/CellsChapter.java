package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The table of a recipe with seeds or a grid: every run, every cell over its seeds, every key. */
final class CellsChapter {

  private CellsChapter() {}

  /** Of a table as table.json has it. */
  static Chapter of(JsonNode table) {
    List<Block> blocks = new ArrayList<>();
    for (String sentence : List.of("this_model", "this_recipe")) {
      if (table.has(sentence)) {
        blocks.add(new Block.Prose(table.path(sentence).asText()));
      }
    }
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode cell : table.path("cells")) {
      String name = name(cell.path("settings"));
      for (JsonNode run : cell.path("runs")) {
        rows.add(row(name, run.path("seed").asText(), run.path("state").asText(), run));
      }
      JsonNode over = cell.path("over_seeds");
      if (over.has("score_tuned_minus_base")) {
        rows.add(row(name, "all", "over seeds", over));
      }
    }
    blocks.add(
        new Block.Numbers(
            List.of(
                "cell",
                "seed",
                "state",
                "reward accuracy",
                "truly right",
                "score, tuned less base",
                "truth, tuned less base",
                "most memory",
                "time"),
            rows));
    effects(table.path("effects"), blocks);
    return new Chapter("cells", "All runs", blocks);
  }

  private static String name(JsonNode settings) {
    return settings.properties().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue().asText())
        .collect(Collectors.joining(", "));
  }

  private static List<String> row(String cell, String seed, String state, JsonNode found) {
    double seconds = 0;
    for (JsonNode time : found.path("seconds")) {
      seconds += time.asDouble();
    }
    double most = 0;
    for (JsonNode bytes : found.path("peak_memory_bytes")) {
      most = Math.max(most, bytes.asDouble());
    }
    return List.of(
        cell,
        seed,
        state,
        interval(found.path("reward_accuracy"), false),
        Format.number(found.path("reward_truly_right")),
        interval(found.path("score_tuned_minus_base"), true),
        interval(found.path("true_worth_tuned_minus_base"), true),
        Format.mebibytes(most),
        Format.clock(seconds));
  }

  private static String interval(JsonNode found, boolean signed) {
    if (!found.path("value").isNumber()) {
      return "–";
    }
    List<String> numbers = new ArrayList<>();
    for (String part : List.of("value", "low", "high")) {
      numbers.add(signed ? Format.signed(found.path(part)) : Format.number(found.path(part)));
    }
    return numbers.get(0) + " (" + numbers.get(1) + " to " + numbers.get(2) + ")";
  }

  /** What another value of a key changes, all else equal. */
  private static void effects(JsonNode effects, List<Block> blocks) {
    List<Measured> measured = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    boolean few = effects.findValue("change_in_these_models") != null;
    for (JsonNode effect : effects) {
      String change =
          effect.path("key").asText()
              + ": "
              + effect.path("to").asText()
              + " less "
              + effect.path("from").asText();
      String figure = Format.words(effect.path("figure").asText()).replace(" tuned minus base", "");
      JsonNode found = effect.path(few ? "change_in_these_models" : "change");
      String pairs =
          effect.path("pairs_of_cells").asText()
              + " of "
              + effect.path("all_pairs_of_cells").asText();
      rows.add(
          List.of(
              change,
              figure,
              found.path("value").isNumber() ? interval(found, true) : "cannot tell",
              pairs));
      if (found.path("value").isNumber()) {
        measured.add(
            new Measured(
                change,
                figure,
                found.path("value").asDouble(),
                found.path("low").asDouble(),
                found.path("high").asDouble()));
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    Block.Numbers numbers =
        new Block.Numbers(List.of("change", "of", "95 % interval", "pairs of cells"), rows);
    blocks.add(
        measured.isEmpty()
            ? numbers
            : new Block.Figure(
                "cells-effects",
                few
                    ? "What another value of a key changed in these models, all else equal, with"
                        + " intervals of 95 % over prompts alone: with so few seeds it says nothing"
                        + " of other models."
                    : "What another value of a key changes, all else equal, with intervals of 95 %"
                        + " over seeds and prompts.",
                Plots.intervals("change", measured, List.of(new Plots.Mark(0, ""))),
                numbers));
  }
}
