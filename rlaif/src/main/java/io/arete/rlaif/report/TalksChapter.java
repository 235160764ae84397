package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Facet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Conversations before and after: the first prompts of the evaluation, nothing chosen. */
final class TalksChapter {

  private static final int PROMPTS = 6;

  private TalksChapter() {}

  static Optional<Chapter> of(RunFiles run) {
    List<ObjectNode> base = run.lines("evaluation/base.jsonl", PROMPTS);
    List<ObjectNode> tuned = run.lines("evaluation/tuned.jsonl", PROMPTS);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < Math.min(base.size(), tuned.size()); i++) {
      JsonNode messages = base.get(i).path("messages");
      blocks.add(
          new Block.Talk(
              messages.path(messages.size() - 1).path("content").asText(),
              List.of(said("base", base.get(i)), said("tuned", tuned.get(i)))));
    }
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Chapter("talks", "Before and after", blocks));
  }

  private static Block.Said said(String who, JsonNode row) {
    JsonNode first = row.path("conversations").path(0);
    JsonNode scores = first.path("scores");
    List<Block.Line> lines = new ArrayList<>();
    for (Facet facet : Facet.values()) {
      String name = facet.wireName();
      lines.add(
          new Block.Line(
              name + " (" + Format.number(scores.path(name)) + ")",
              first.path(name).path("text").asText()));
    }
    return new Block.Said(who + ", ensemble " + Format.number(scores.path("ensemble")), lines);
  }
}
