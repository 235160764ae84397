package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How sure somebody is, against how often it is so: of a labeler, or of reward models. */
final class ReliabilityFigure {

  private ReliabilityFigure() {}

  /** Bins of a curve of reliability, as several files have them. */
  static List<Shapes.Sureness> bins(String series, JsonNode curve) {
    List<Shapes.Sureness> bins = new ArrayList<>();
    for (JsonNode bin : curve.path("bins")) {
      JsonNode found = bin.path("found");
      if (found.path("n").asLong() > 0) {
        bins.add(
            new Shapes.Sureness(
                series,
                bin.path("said").asDouble(),
                found.path("share").asDouble(),
                found.path("low").asDouble(),
                found.path("high").asDouble(),
                found.path("n").asLong()));
      }
    }
    return bins;
  }

  /** The curve as a figure, if it has bins. */
  static Optional<Block.Figure> of(String id, String says, List<Shapes.Sureness> bins) {
    if (bins.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Block.Figure(
            id,
            says,
            Shapes.reliability(bins),
            new Block.Numbers(
                List.of("of", "said", "found", "95 % interval", "n"),
                bins.stream()
                    .map(
                        bin ->
                            List.of(
                                bin.series(),
                                Format.number(bin.said()),
                                Format.number(bin.found()),
                                Format.number(bin.low()) + " to " + Format.number(bin.high()),
                                Long.toString(bin.n())))
                    .toList())));
  }
}
