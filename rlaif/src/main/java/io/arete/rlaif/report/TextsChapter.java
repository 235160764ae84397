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
    List<Block> blocks = new ArrayList<>();
    blocks.add(boxes(lengths));
    kept(lengths).ifPresent(blocks::add);
    return Optional.of(new Chapter("texts", "Texts", blocks));
  }

  private static Block.Figure boxes(JsonNode lengths) {
    int cut = lengths.path("max_length").asInt();
    List<Shapes.Box> boxes = new ArrayList<>();
    List<List<String>> numbers = new ArrayList<>();
    List<String> shares = new ArrayList<>();
    for (var facet : lengths.path("facets").properties()) {
      JsonNode row = facet.getValue();
      String whole = Format.percent(row.path("kept_whole_share"));
      shares.add(facet.getKey() + " " + whole);
      boxes.add(
          new Shapes.Box(
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
              row.path("min").asText(),
              row.path("first_quartile").asText(),
              row.path("median").asText(),
              row.path("third_quartile").asText(),
              row.path("high_whisker").asText(),
              row.path("max").asText(),
              whole));
    }
    return new Block.Figure(
        "texts-lengths",
        "Tokens of the texts that reward models read: box from a quarter to three quarters,"
            + " whiskers at most 1.5 boxes long, a point at the longest. Texts longer than "
            + cut
            + " are cut; kept whole are "
            + String.join(", ", shares)
            + ".",
        Shapes.boxes("tokens", boxes, new Plots.Mark(cut, "cut at " + cut)),
        new Block.Numbers(
            List.of(
                "facet",
                "texts",
                "shortest",
                "quarter",
                "median",
                "three quarters",
                "whisker",
                "longest",
                "kept whole"),
            numbers));
  }

  /** What other cuts would have kept. */
  private static Optional<Block.Numbers> kept(JsonNode lengths) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode length : lengths.path("lengths")) {
      rows.add(
          List.of(
              length.path("max_length").asText(),
              Format.percent(length.path("kept_whole_share")),
              length.path("pairs_dropped").asText("–")));
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Numbers(List.of("cut at", "texts kept whole", "pairs dropped"), rows));
  }
}
