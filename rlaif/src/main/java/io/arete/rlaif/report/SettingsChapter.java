package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.file.BoundedText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    JsonNode times = run.json("times.json");
    List<List<String>> stages = new ArrayList<>();
    manifest
        .path("stages")
        .properties()
        .forEach(
            stage -> {
              List<String> forced = new ArrayList<>();
              stage.getValue().path("forced").forEach(gate -> forced.add(gate.asText()));
              stages.add(
                  List.of(
                      stage.getKey(),
                      stage.getValue().path("state").asText(),
                      seconds(times.path(stage.getKey())),
                      String.join(", ", forced)));
            });
    blocks.add(new Block.Numbers(List.of("stage", "state", "took", "forced gates"), stages));
    Path recipe = run.root().resolve("recipe.yaml");
    if (Files.exists(recipe)) {
      blocks.add(new Block.Folded("The recipe", BoundedText.read(recipe, MOST_BYTES)));
    }
    return new Chapter("settings", "Settings", blocks);
  }

  private static String seconds(JsonNode time) {
    return time.isNumber() ? String.format(Locale.ROOT, "%.0f s", time.asDouble()) : "";
  }
}
