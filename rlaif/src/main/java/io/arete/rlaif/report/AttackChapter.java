package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules against character, asked directly and under attack. */
final class AttackChapter {

  private AttackChapter() {}

  static Optional<Chapter> of(RunFiles run) {
    JsonNode summary = run.json("attack/summary.json");
    List<Measured> rows = new ArrayList<>();
    List<Measured> attacks = new ArrayList<>();
    for (var system : summary.path("systems").properties()) {
      JsonNode found = system.getValue();
      String name = system.getKey().replace("-rule", " + rule");
      Measured.of(name, "direct", found.path("direct")).ifPresent(rows::add);
      Measured.of(name, "attacked", found.path("attacked")).ifPresent(rows::add);
      for (var attack : found.path("attacks").properties()) {
        Measured.of(attack.getKey(), name, attack.getValue()).ifPresent(attacks::add);
      }
    }
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Prose("The rule is a system prompt: “" + summary.path("rule").asText() + "”"));
    blocks.add(
        new Block.Figure(
            "attack-systems",
            "Share of harmful requests that were answered well, with intervals of 95 %: asked"
                + " directly, and under attack.",
            Plots.intervals("answered well", rows, 0.5),
            Measured.table(rows)));
    blocks.add(
        new Block.Figure(
            "attack-kinds",
            "The same by attack.",
            Plots.intervals("answered well", attacks, 0.5),
            Measured.table(attacks)));
    return Optional.of(new Chapter("attack", "Rules against character", blocks));
  }
}
