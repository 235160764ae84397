package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was written down before a study began. */
final class StudyDesignChapter {

  private StudyDesignChapter() {}

  static Chapter of(JsonNode design) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("primary outcome", design.path("primary_outcome").asText()));
    if (design.has("primary_comparison")) {
      rows.add(List.of("decides", design.path("primary_comparison").asText()));
    }
    rows.add(List.of("harmful requests", String.valueOf(design.path("harmful").size())));
    rows.add(List.of("harmless requests", String.valueOf(design.path("harmless").size())));
    rows.add(List.of("fresh replies of each prompt", design.path("fresh_samples").asText()));
    rows.add(List.of("labelled replies", design.path("labelled").asText()));
    rows.add(List.of("seed", design.path("seed").asText()));
    for (var party : design.path("parties").properties()) {
      rows.add(List.of(party.getKey(), party.getValue().asText()));
    }
    for (JsonNode system : design.path("systems")) {
      String rule = system.path("rule").asText();
      rows.add(
          List.of(
              system.path("name").asText(),
              rule.isEmpty() ? "no rule" : "the rule “" + rule.strip() + "”"));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Prose(
            "Fixed before the first question was asked, in design.json. Of requests, attacks and"
                + " replies this page holds no word; they are in transcript.jsonl, which is"
                + " sensitive. It names the parties, and holds the rules."));
    blocks.add(new Block.Numbers(List.of("what", "is"), rows));
    blocks.add(new Block.Folded("Attacks and their budgets", attacks(design)));
    return new Chapter("design", "What was fixed before", blocks);
  }

  private static String attacks(JsonNode design) {
    List<String> lines = new ArrayList<>();
    for (JsonNode attack : design.path("attacks")) {
      lines.add(
          attack.path("name").asText()
              + ": "
              + attack.path("budget").properties().stream()
                  .map(one -> Format.words(one.getKey()) + " " + one.getValue().asText())
                  .collect(Collectors.joining(", ")));
    }
    return String.join("\n", lines);
  }
}
