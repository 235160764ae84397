package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How long the texts are that reward models read, and what is cut. */
final class TextsChapter {

  private TextsChapter() {}

  static Optional<Chapter> of(RunFiles run) {
    JsonNode lengths = run.json("reward/lengths.json");
    if (lengths.path("facets").isEmpty()) {
      return Optional.empty();
    }
    int cut = lengths.path("max_length").asInt();
    List<Plots.Box> boxes = new ArrayList<>();
    List<List<String>> numbers = new ArrayList<>();
    for (var facet : lengths.path("facets").properties()) {
      JsonNode row = facet.getValue();
      boxes.add(
          new Plots.Box(
              facet.getKey(),
              row.path("low_whisker").asDouble(),
              row.path("first_quartile").asDouble(),
              row.path("median").asDouble(),
              row.path("third_quartile").asDouble(),
              row.path("high_whisker").asDouble(),
              row.path("max").asDouble()));
      numbers.add(
          List.of(
              facet.getKey(),
              row.path("texts").asText(),
              row.path("median").asText(),
              row.path("high_whisker").asText(),
              row.path("max").asText(),
              Format.percent(row.path("kept_whole_share"))));
    }
    return Optional.of(
        new Chapter(
            "texts",
            "Texts",
            List.of(
                new Block.Figure(
                    "texts-lengths",
                    "Tokens of the texts that reward models read: box from a quarter to three"
                        + " quarters, whiskers 1.5 boxes long, a point at the longest; texts longer"
                        + " than "
                        + cut
                        + " are cut.",
                    Plots.boxes("tokens", boxes, cut),
                    new Block.Numbers(
                        List.of("facet", "texts", "median", "whisker", "longest", "kept whole"),
                        numbers)))));
  }
}
