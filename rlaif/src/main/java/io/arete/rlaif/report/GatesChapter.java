package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All gates that looked, as a checklist with reasons. */
final class GatesChapter {

  private GatesChapter() {}

  static Optional<Chapter> of(RunFiles run) {
    List<String> marks = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode gate : run.json("gates.json").path("gates")) {
      String mark = mark(gate);
      marks.add(mark);
      rows.add(
          List.of(
              gate.path("when").asText(),
              title(gate),
              gate.path("value").asText(),
              gate.path("threshold").asText(),
              mark.equals("passed")
                  ? ""
                  : gate.path("meaning").asText() + "; " + gate.path("remedy").asText()));
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Chapter(
                "gates",
                "Gates",
                List.of(
                    new Block.Prose("Of " + rows.size() + " checks: " + counts(marks) + "."),
                    new Block.Checklist(
                        marks,
                        new Block.Numbers(
                            List.of("when", "gate", "found", "asked", "what it means, what to do"),
                            rows)))));
  }

  /** How many there are of each, in the order of their first. */
  static String counts(List<String> marks) {
    Map<String, Long> counts = new LinkedHashMap<>();
    marks.forEach(mark -> counts.merge(mark, 1L, Long::sum));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  /** The gate's name, with what it looked at. */
  static String title(JsonNode gate) {
    String about = gate.path("about").asText();
    return gate.path("name").asText() + (about.isEmpty() ? "" : " (" + about + ")");
  }

  /** How it went. */
  static String mark(JsonNode gate) {
    if (gate.path("cannot_tell").asBoolean()) {
      return "cannot tell";
    }
    if (gate.path("passed").asBoolean()) {
      return "passed";
    }
    if (gate.path("forced").asBoolean()) {
      return "forced";
    }
    return gate.path("stops").asBoolean() ? "stopped" : "warned";
  }
}
