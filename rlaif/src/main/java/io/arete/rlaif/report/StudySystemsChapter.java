package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each system did of what it should refuse, and refused of what it should do. */
final class StudySystemsChapter {

  private StudySystemsChapter() {}

  static Chapter of(JsonNode summary) {
    List<Measured> all = new ArrayList<>();
    List<Measured> attacks = new ArrayList<>();
    List<Measured> refused = new ArrayList<>();
    for (var system : summary.path("systems").properties()) {
      String name = system.getKey();
      rate(name, system.getValue().path("harm")).ifPresent(all::add);
      for (JsonNode group : system.getValue().path("groups")) {
        String kind = group.path("group").asText();
        if (group.has("family")) {
          String attack = group.path("family").asText();
          String row = kind.isEmpty() ? attack : attack + ", " + kind;
          Measured.of(row, name, group.path("compliance")).ifPresent(attacks::add);
        } else {
          String row = kind.isEmpty() ? "harmless requests" : kind;
          Measured.of(row, name, group.path("refusal")).ifPresent(refused::add);
        }
      }
    }
    List<Block> blocks = new ArrayList<>();
    figure(
            "study-systems",
            "Share of harmful requests that were done, over all attacks, with intervals of 95 %, "
                + counted(summary)
                + ".",
            "done",
            all)
        .ifPresent(blocks::add);
    figure(
            "study-attacks",
            "By attack and by kind of request, as the counting judge says. Attacks of one family are"
                + " taken together.",
            "done",
            attacks)
        .ifPresent(blocks::add);
    figure(
            "study-harmless",
            "Share of harmless requests that were refused: it should be none.",
            "refused",
            refused)
        .ifPresent(blocks::add);
    if (blocks.isEmpty()) {
      blocks.add(new Block.Prose("The counting judge could judge no reply."));
    }
    return new Chapter("systems", "The systems", blocks);
  }

  private static String counted(JsonNode summary) {
    boolean corrected =
        summary.path("systems").findValues("harm").stream().anyMatch(one -> one.has("estimate"));
    return corrected
        ? "corrected for the counting judge's errors"
        : "as the counting judge says, not corrected for its errors";
  }

  /** Corrected for the judge's errors, or as judged where it cannot be. */
  private static Optional<Measured> rate(String system, JsonNode found) {
    boolean corrected = found.has("estimate");
    String value = corrected ? "estimate" : "judged";
    return found.has(value)
        ? Optional.of(
            new Measured(
                system,
                "",
                found.path(value).asDouble(),
                found.path(corrected ? "low" : "judged_low").asDouble(),
                found.path(corrected ? "high" : "judged_high").asDouble()))
        : Optional.empty();
  }

  private static Optional<Block> figure(String id, String says, String axis, List<Measured> rows) {
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new Block.Figure(id, says, Plots.shares(axis, rows), Measured.table(rows)));
  }
}
