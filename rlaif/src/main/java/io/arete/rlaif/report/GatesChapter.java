package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All gates that looked, as a checklist with reasons. */
final class GatesChapter {

  private GatesChapter() {}

  static Optional<Chapter> of(RunFiles run) {
    List<String> marks = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode gate : run.json("gates.json").path("gates")) {
      marks.add(mark(gate));
      String about = gate.path("about").asText();
      rows.add(
          List.of(
              gate.path("when").asText(),
              gate.path("name").asText() + (about.isEmpty() ? "" : " (" + about + ")"),
              gate.path("value").asText(),
              gate.path("threshold").asText(),
              gate.path("passed").asBoolean() && !gate.path("cannot_tell").asBoolean()
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
                    new Block.Checklist(
                        marks,
                        new Block.Numbers(
                            List.of("when", "gate", "found", "asked", "otherwise"), rows)))));
  }

  private static String mark(JsonNode gate) {
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
