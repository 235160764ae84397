package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.file.BoundedText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was asked, on what machine, for how long, and what was forced. */
final class SettingsChapter {

  private static final int MOST_BYTES = 1 << 20;

  private SettingsChapter() {}

  static Chapter of(RunFiles run) {
    List<Block> blocks = new ArrayList<>();
    JsonNode manifest = run.json("run.json");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("seed", manifest.path("seed").asText()));
    manifest
        .path("environment")
        .properties()
        .forEach(one -> rows.add(List.of(one.getKey(), one.getValue().asText())));
    blocks.add(new Block.Numbers(List.of("what", "value"), rows));
    blocks.add(stages(run, manifest));
    List<String> forced = forced(manifest);
    blocks.add(
        new Block.Prose(
            forced.isEmpty()
                ? "No gate was forced."
                : "Forced by whoever ran it: " + String.join(", ", forced) + "."));
    Path recipe = run.root().resolve("recipe.yaml");
    if (Files.exists(recipe)) {
      blocks.add(new Block.Folded("The recipe, without its comments", settings(recipe)));
    }
    return new Chapter("settings", "Settings", blocks);
  }

  private static String settings(Path recipe) {
    return BoundedText.read(recipe, MOST_BYTES)
        .lines()
        .filter(line -> !line.stripLeading().startsWith("#"))
        .collect(Collectors.joining("\n"));
  }

  private static Block.Numbers stages(RunFiles run, JsonNode manifest) {
    JsonNode times = run.json("times.json");
    JsonNode memory = run.json("memory.json");
    List<List<String>> rows = new ArrayList<>();
    double whole = 0;
    double most = 0;
    for (var stage : manifest.path("stages").properties()) {
      String name = stage.getKey();
      whole += times.path(name).asDouble();
      most = Math.max(most, memory.path(name).asDouble());
      rows.add(
          List.of(
              name,
              stage.getValue().path("state").asText(),
              Format.clock(times.path(name).asDouble()),
              Format.mebibytes(memory.path(name).asDouble()),
              stage.getValue().path("taken_from").asText()));
    }
    rows.add(List.of("all", "", Format.clock(whole), Format.mebibytes(most), ""));
    return new Block.Numbers(List.of("stage", "state", "took", "most memory", "taken from"), rows);
  }

  /** Gates that were passed by order, each once. */
  static List<String> forced(JsonNode manifest) {
    List<String> forced = new ArrayList<>();
    for (JsonNode stage : manifest.path("stages")) {
      for (JsonNode gate : stage.path("forced")) {
        if (!forced.contains(gate.asText())) {
          forced.add(gate.asText());
        }
      }
    }
    return forced;
  }
}
