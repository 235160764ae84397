package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far the labels deserve trust. */
final class TrustChapter {

  private TrustChapter() {}

  static Optional<Chapter> of(RunFiles run) {
    JsonNode agreement = run.json("feedback/agreement.json");
    if (agreement.path("facets").isEmpty()) {
      return Optional.empty();
    }
    List<Block> blocks = new ArrayList<>();
    if (agreement.path("source").asText().equals("human")) {
      blocks.add(new Block.Prose(given(agreement)));
    } else {
      blocks.add(
          new Block.Prose(
              "Labels are from " + agreement.path("source").asText() + "." + labels(agreement)));
    }
    shares(agreement).ifPresent(blocks::add);
    order(agreement).ifPresent(blocks::add);
    reliability(agreement.path("calibration")).ifPresent(blocks::add);
    return Optional.of(new Chapter("trust", "Trust in the labels", blocks));
  }

  /** Labels that came with the data were never asked for, so that there is no order to look at. */
  private static String given(JsonNode agreement) {
    JsonNode action = agreement.path("facets").path("action");
    int soft = action.path("soft").asInt();
    return "The labels came with the "
        + action.path("pairs").asInt()
        + " pairs of data.pairs, and all three facets inherit them."
        + (soft > 0
            ? " " + soft + " of them say how probable it is that the chosen reply is better."
            : "")
        + " Nobody was asked here, so how far they can be trusted is not known from this run.";
  }

  private static String labels(JsonNode agreement) {
    StringBuilder text = new StringBuilder();
    for (var facet : agreement.path("facets").properties()) {
      JsonNode row = facet.getValue();
      text.append(" On the ")
          .append(facet.getKey())
          .append(": ")
          .append(row.path("kept").asText("0"))
          .append(" of ")
          .append(row.path("pairs").asText("0"))
          .append(" pairs were kept.");
    }
    return text.toString();
  }

  private static Optional<Block.Figure> shares(JsonNode agreement) {
    List<Measured> rows = new ArrayList<>();
    for (var facet : agreement.path("calibration").properties()) {
      for (String whom : List.of("people", "truth")) {
        Measured.of(
                "agrees with " + whom, facet.getKey(), facet.getValue().path("agrees_with_" + whom))
            .ifPresent(rows::add);
      }
    }
    for (var facet : agreement.path("facets").properties()) {
      Measured.of("decided by the order", facet.getKey(), facet.getValue().path("order_decided"))
          .ifPresent(rows::add);
      Measured.of("wrong, by the truth", facet.getKey(), facet.getValue().path("wrong_by_truth"))
          .ifPresent(rows::add);
      Measured.of("wrong, estimated", facet.getKey(), facet.getValue().path("wrong_by_estimate"))
          .ifPresent(rows::add);
    }
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Block.Figure(
            "trust-shares",
            "Shares of the pairs, with intervals of 95 %. An agreement whose interval reaches one"
                + " half is no better than a coin; what is decided by the order says nothing.",
            Plots.intervals("share of the pairs", rows, List.of(new Plots.Mark(0.5, "a coin"))),
            Measured.table(rows)));
  }

  /** How much the order in which two texts are shown says. */
  private static Optional<Block.Numbers> order(JsonNode agreement) {
    List<List<String>> rows = new ArrayList<>();
    for (var facet : agreement.path("facets").properties()) {
      JsonNode row = facet.getValue();
      if (!row.has("order_decided")) {
        continue;
      }
      rows.add(
          List.of(
              facet.getKey(),
              Format.percent(row.path("order_decided").path("share")),
              Format.signed(row.path("position_bias_nats").path("mean")),
              Format.percent(row.path("first_slot").path("share")),
              Format.percent(row.path("answer_mass")),
              Format.percent(row.path("parse_failures").path("pairs").path("share")),
              row.path("ties").asText(Format.NOTHING)));
    }
    Block.Numbers told =
        new Block.Numbers(
                List.of(
                    "facet",
                    "decided by the order",
                    "lean to the first, nats",
                    "first one preferred",
                    "mass on the answers",
                    "not read",
                    "ties"),
                rows)
            .told();
    return told.rows().isEmpty() ? Optional.empty() : Optional.of(told);
  }

  private static Optional<Block.Figure> reliability(JsonNode calibration) {
    List<Shapes.Sureness> bins = new ArrayList<>();
    for (var facet : calibration.properties()) {
      bins.addAll(ReliabilityFigure.bins(facet.getKey(), facet.getValue().path("reliability")));
    }
    return ReliabilityFigure.of(
        "trust-reliability",
        "How sure the labeler is that the first is better, against how often it is; on the dashed"
            + " line both agree.",
        bins);
  }
}
