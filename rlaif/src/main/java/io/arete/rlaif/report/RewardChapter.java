package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.run.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the reward models learned. */
final class RewardChapter {

  private static final Plots.Mark COIN = new Plots.Mark(0.5, "a coin");

  private static final Plots.Mark LN_2 = new Plots.Mark(Math.log(2), "ln 2: nothing known");

  private RewardChapter() {}

  static Optional<Chapter> of(RunFiles run) {
    List<Block> blocks = new ArrayList<>();
    List<Block.Figure> training = new ArrayList<>();
    curves(run, "loss", "loss, nats", LN_2).ifPresent(training::add);
    curves(run, "accuracy", "share right", COIN).ifPresent(training::add);
    if (!training.isEmpty()) {
      blocks.add(new Block.Beside(training));
    }
    accuracy(run).ifPresent(blocks::add);
    reliability(run).ifPresent(blocks::add);
    members(run.json("reward/members.json")).ifPresent(blocks::add);
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Chapter("rewards", "Reward models", blocks));
  }

  private static Optional<Block.Figure> curves(
      RunFiles run, String metric, String axis, Plots.Mark mark) {
    List<Curve> curves = new ArrayList<>();
    List<Metric> shared = run.metrics("reward/shared/metrics.jsonl");
    for (Facet facet : Facet.values()) {
      String name = facet.wireName();
      curves.add(Curve.of(name, run.metrics("reward/" + name + "/metrics.jsonl"), metric));
    }
    curves.add(Curve.of("all facets", shared, metric));
    return Curves.figure(
        "rewards-training-" + metric,
        Format.first(metric)
            + " in training, a batch a step; the dashed line is "
            + mark.meaning()
            + ".",
        axis,
        curves,
        List.of(mark));
  }

  private static Optional<Block.Figure> accuracy(RunFiles run) {
    List<Measured> rows = new ArrayList<>();
    for (Facet facet : Facet.values()) {
      JsonNode found = run.json("reward/" + facet.wireName() + "/evaluation.json");
      if (found.path("accuracy").isNumber()) {
        rows.add(
            new Measured(
                facet.wireName(),
                "against the labels",
                found.path("accuracy").asDouble(),
                found.path("accuracy_low").asDouble(),
                found.path("accuracy_high").asDouble()));
      }
      Measured.of(facet.wireName(), "against the truth", found.path("truth").path("scores"))
          .ifPresent(rows::add);
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Figure(
                "rewards-accuracy",
                "How often a reward model prefers the better text of pairs that it has not seen,"
                    + " with intervals of 95 %; the dashed line is a coin.",
                Plots.intervals("share of held-out pairs", rows, List.of(COIN)),
                Measured.table(rows)));
  }

  private static Optional<Block.Figure> reliability(RunFiles run) {
    List<Shapes.Sureness> bins = new ArrayList<>();
    for (Facet facet : Facet.values()) {
      JsonNode found = run.json("reward/" + facet.wireName() + "/evaluation.json");
      bins.addAll(ReliabilityFigure.bins(facet.wireName(), found.path("calibration")));
    }
    return ReliabilityFigure.of(
        "rewards-reliability",
        "How sure a score difference is of its side, against how often that side is the label's.",
        bins);
  }

  private static Optional<Block.Figure> members(JsonNode members) {
    List<Integer> known = known(members.path("correlation"));
    if (known.size() < 2) {
      return Optional.empty();
    }
    List<String> names =
        known.stream().map(at -> members.path("members").path(at).asText()).toList();
    double[][] cells = new double[names.size()][names.size()];
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(""));
    head.addAll(names);
    for (int i = 0; i < cells.length; i++) {
      List<String> row = new ArrayList<>(List.of(names.get(i)));
      for (int j = 0; j < cells.length; j++) {
        JsonNode cell = members.path("correlation").path(known.get(i)).path(known.get(j));
        cells[i][j] = cell.isNumber() ? cell.asDouble() : Double.NaN;
        row.add(Format.number(cell));
      }
      rows.add(row);
    }
    return Optional.of(
        new Block.Figure(
            "rewards-members",
            "Correlation of the members' score differences: near 1 they are one model.",
            Shapes.square(names, cells),
            new Block.Numbers(head, rows)));
  }

  /** The members that go with any other: of too few pairs in common nothing is known. */
  private static List<Integer> known(JsonNode correlation) {
    return IntStream.range(0, correlation.size())
        .filter(
            at ->
                IntStream.range(0, correlation.size())
                    .anyMatch(other -> other != at && correlation.path(at).path(other).isNumber()))
        .boxed()
        .toList();
  }
}
