package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.file.VisibleText;
import io.arete.rlaif.run.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A few conversations of the evaluation, before and after: the first prompts, nothing chosen. */
final class SampleTalks {

  private static final int PROMPTS = 3;

  private SampleTalks() {}

  /** Each with its prompt and what base and tuned said; none before the evaluation is done. */
  static ArrayNode read(Path run) {
    ArrayNode samples = JsonNodeFactory.instance.arrayNode();
    List<ObjectNode> base = lines(run, TestedSystem.BASE);
    List<ObjectNode> tuned = lines(run, TestedSystem.TUNED);
    for (int i = 0; i < Math.min(base.size(), tuned.size()); i++) {
      ObjectNode sample = samples.addObject();
      JsonNode messages = base.get(i).path("messages");
      sample.put("prompt", messages.path(messages.size() - 1).path("content").asText());
      said(base.get(i), sample.putObject(TestedSystem.BASE.wireName()));
      said(tuned.get(i), sample.putObject(TestedSystem.TUNED.wireName()));
    }
    return samples;
  }

  private static void said(JsonNode row, ObjectNode into) {
    JsonNode first = row.path("conversations").path(0);
    for (Facet facet : Facet.values()) {
      into.put(facet.wireName(), first.path(facet.wireName()).path("text").asText());
    }
    into.put("score", first.path("scores").path("ensemble").asDouble());
  }

  private static List<ObjectNode> lines(Path run, TestedSystem system) {
    Path file = run.resolve(Stage.EVALUATION.folderName()).resolve(system.wireName() + ".jsonl");
    return Files.exists(file)
        ? JsonLines.read(file, PROMPTS, (line, row) -> Optional.of(row))
        : List.of();
  }

  static void write(JsonNode samples, TextTable text) {
    for (JsonNode sample : samples) {
      text.line("");
      text.line("> %s", oneLine(sample.path("prompt").asText()));
      for (TestedSystem system : List.of(TestedSystem.BASE, TestedSystem.TUNED)) {
        JsonNode said = sample.path(system.wireName());
        for (Facet facet : Facet.values()) {
          text.line(
              "  %-6s %-13s %s",
              facet == Facet.ACTION ? system.wireName() : "",
              facet.wireName(),
              oneLine(said.path(facet.wireName()).asText()));
        }
      }
    }
  }

  private static String oneLine(String text) {
    return VisibleText.line(text.replaceAll("\\s+", " ").strip());
  }
}
