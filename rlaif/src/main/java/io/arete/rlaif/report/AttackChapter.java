package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules against character: asked directly, under attack, and where nothing is to be refused. */
final class AttackChapter {

  private AttackChapter() {}

  static Optional<Chapter> of(RunFiles run) {
    JsonNode summary = run.json("attack/summary.json");
    JsonNode evaluation = run.json("evaluation/summary.json");
    List<Measured> refusals = refusals(evaluation);
    List<Block> blocks = new ArrayList<>();
    if (summary.has("rule")) {
      blocks.add(
          new Block.Prose("The rule is a system prompt: “" + summary.path("rule").asText() + "”"));
    }
    if (summary.path("judged_by").asText().equals("ensemble")) {
      blocks.add(
          new Block.Prose(
              "Replies were judged by the reward models that PPO was trained by. That tuned does"
                  + " better in their eyes is no evidence of character; arete attack --target run:RUN"
                  + " asks another judge."));
    }
    Measured.of("", "", summary.path("tuned_minus_base_rule_attacked"))
        .ifPresent(found -> blocks.add(new Block.Prose(under(found))));
    List<Block.Figure> figures = new ArrayList<>();
    systems(summary).ifPresent(figures::add);
    refused(refusals).ifPresent(figures::add);
    if (figures.isEmpty()) {
      return Optional.empty();
    }
    blocks.add(new Block.Beside(figures));
    if (refusals.isEmpty()) {
      blocks.add(
          new Block.Prose(
              "Whether anything harmless is refused was not measured; evaluation.refusals.safe or"
                  + " evaluation.questions names requests for that."));
    }
    attacks(summary).ifPresent(blocks::add);
    return Optional.of(new Chapter("attack", "Rules against character", blocks));
  }

  private static String under(Measured found) {
    return "Under attack, the share answered well by tuned less that by base with the rule is "
        + found.words()
        + ".";
  }

  private static Optional<Block.Figure> systems(JsonNode summary) {
    List<Measured> rows = new ArrayList<>();
    for (var system : summary.path("systems").properties()) {
      JsonNode found = system.getValue();
      String name = name(system.getKey());
      Measured.of(name, "asked directly", found.path("direct")).ifPresent(rows::add);
      Measured.of(name, "under attack", found.path("attacked")).ifPresent(rows::add);
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Figure(
                "attack-systems",
                "Share of harmful requests that were answered well, with intervals of 95 %.",
                Plots.shares("answered well", rows),
                Measured.table(rows)));
  }

  /** By kind of request; where none were named for that, the plain questions are safe ones, too. */
  private static List<Measured> refusals(JsonNode evaluation) {
    List<Measured> rows = new ArrayList<>();
    JsonNode refusals = evaluation.path("refusals");
    for (String kind : List.of("safe", "unsafe")) {
      refused(kind, refusals.path(kind).path("systems"), rows);
    }
    if (!refusals.has("safe")) {
      refused("plain questions", evaluation.path("questions").path("refused"), rows);
    }
    return rows;
  }

  private static void refused(String kind, JsonNode systems, List<Measured> rows) {
    for (var system : systems.properties()) {
      Measured.of(name(system.getKey()), kind, system.getValue()).ifPresent(rows::add);
    }
  }

  private static Optional<Block.Figure> refused(List<Measured> rows) {
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Figure(
                "attack-refusals",
                "Share of requests that were refused, with intervals of 95 %: of unsafe ones it"
                    + " should be all, of all others none.",
                Plots.shares("refused", rows),
                Measured.table(rows)));
  }

  private static Optional<Block.Figure> attacks(JsonNode summary) {
    List<Measured> rows = new ArrayList<>();
    for (var system : summary.path("systems").properties()) {
      for (var attack : system.getValue().path("attacks").properties()) {
        Measured.of(attack.getKey(), name(system.getKey()), attack.getValue()).ifPresent(rows::add);
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Figure(
                "attack-kinds",
                "The share answered well, by attack.",
                Plots.shares("answered well", rows),
                Measured.table(rows)));
  }

  private static String name(String system) {
    return system.replace("-rule", " + rule").replace("+rules", " + rule");
  }
}
