package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What came of the run, first of all. */
final class VerdictChapter {

  private VerdictChapter() {}

  static Chapter of(RunFiles run) {
    List<Block> blocks = new ArrayList<>();
    JsonNode summary = run.json("evaluation/summary.json");
    JsonNode verdict = summary.path("verdict");
    if (verdict.has("sentence")) {
      blocks.add(
          new Block.Headline(verdict.path("word").asText(), verdict.path("sentence").asText()));
      figure(summary).ifPresent(blocks::add);
    } else {
      blocks.add(new Block.Headline("not done yet", state(run)));
    }
    return new Chapter("verdict", "Verdict", blocks);
  }

  private static String state(RunFiles run) {
    for (var stage : run.json("run.json").path("stages").properties()) {
      String state = stage.getValue().path("state").asText();
      if (!state.equals("done")) {
        return "The run is at its stage "
            + stage.getKey()
            + ", which is "
            + state
            + "; what it has so far is below.";
      }
    }
    return "The evaluation has not been run; what the run has so far is below.";
  }

  private static Optional<Block.Figure> figure(JsonNode summary) {
    List<Measured> rows = new ArrayList<>();
    List<List<String>> numbers = new ArrayList<>();
    add("scores", summary, rows, numbers);
    add("truth", summary.path("truth"), rows, numbers);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    boolean truth = summary.has("truth");
    List<Measured> shown =
        truth
            ? rows
            : rows.stream()
                .map(one -> new Measured(one.row(), "", one.value(), one.low(), one.high()))
                .toList();
    return Optional.of(
        new Block.Figure(
            "verdict-differences",
            "Tuned less base, with intervals of 95 %: a gain lies right of the line at 0."
                + (truth ? " Scores are the reward models', the truth is what is really so." : ""),
            Plots.intervals("tuned less base", shown, 0),
            new Block.Numbers(
                List.of("outcome", "by", "base", "tuned", "difference", "95 % interval"),
                numbers)));
  }

  private static void add(
      String by, JsonNode found, List<Measured> rows, List<List<String>> numbers) {
    for (var outcome : found.path("tuned_minus_base").properties()) {
      Measured.of(Format.words(outcome.getKey()), by, outcome.getValue())
          .ifPresent(
              measured -> {
                rows.add(measured);
                JsonNode means = found.path("outcomes").path(outcome.getKey());
                numbers.add(
                    List.of(
                        measured.row(),
                        by,
                        Format.number(means.path("base")),
                        Format.number(means.path("tuned")),
                        Format.signed(measured.value()),
                        Format.signed(measured.low()) + " to " + Format.signed(measured.high())));
              });
    }
  }
}
