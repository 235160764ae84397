package io.arete.rlaif.report;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.run.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** How the policy moved. */
final class PolicyChapter {

  private PolicyChapter() {}

  static Optional<Chapter> of(RunFiles run) {
    List<Metric> log = run.metrics("policy/metrics.jsonl");
    List<Block> blocks = new ArrayList<>();
    figure(
            "policy-reward",
            "Score of the sampled conversations by the ensemble and by each facet, in units of the"
                + " reference's spread.",
            "score",
            facets(log, "ensemble", "reward", facet -> "score_" + facet))
        .ifPresent(blocks::add);
    List<Block.Figure> looks = LooksFigures.of(run.lines("policy/looks.jsonl"));
    if (!looks.isEmpty()) {
      blocks.add(new Block.Beside(looks));
    }
    kl(log, run.settings()).ifPresent(blocks::add);
    band(log).ifPresent(blocks::add);
    List<Block.Figure> small = new ArrayList<>();
    single(
        small,
        log,
        "entropy",
        "nats",
        "Entropy of the next token: near 0 it always says the same.");
    figure(
            "policy-lengths",
            "Tokens of the replies.",
            "tokens",
            facets(log, "", "", facet -> "tokens_" + facet))
        .ifPresent(small::add);
    single(
        small,
        log,
        "explained_variance",
        "explained variance",
        "Share of the returns' variance that the critic explains.");
    single(small, log, "loss", "loss, nats", "Loss on the preference pairs.");
    single(small, log, "accuracy", "share right", "Share of the preference pairs ordered right.");
    if (!small.isEmpty()) {
      blocks.add(new Block.Beside(small));
    }
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Chapter("policy", "The policy in training", blocks));
  }

  private static Optional<Plots.Mark> target(Map<String, String> settings) {
    try {
      double target = Double.parseDouble(settings.getOrDefault("ppo.kl_target", ""));
      return Optional.of(new Plots.Mark(target, "target"));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Block.Figure> kl(List<Metric> log, Map<String, String> settings) {
    List<Plots.Mark> marks = new ArrayList<>();
    String how = "";
    if ("adaptive".equals(settings.get("ppo.kl"))) {
      target(settings).ifPresent(marks::add);
      how = marks.isEmpty() ? "" : " The charge is adapted to hold it at the dashed line.";
    } else if ("fixed".equals(settings.get("ppo.kl"))) {
      how =
          " There is no target: the charge is "
              + settings.get("ppo.kl_coefficient")
              + " a nat from first to last.";
    }
    return Curves.figure(
        "policy-kl",
        "How far the policy has gone from its reference, nats a reply, by two estimates." + how,
        "nats a reply",
        List.of(Curve.of("k1", log, "kl_k1"), Curve.of("k3", log, "kl_k3")),
        marks);
  }

  /** The members' mean within their disagreement. */
  private static Optional<Block.Figure> band(List<Metric> log) {
    Curve spread = Curve.of("sd of the members", log, "disagreement_sd");
    Map<Long, Double> spreads = new TreeMap<>();
    spread.points().forEach(point -> spreads.put(point.step(), point.value()));
    List<Curve.Point> means = new ArrayList<>();
    for (Metric row : log) {
      double sum = 0;
      int members = 0;
      for (Facet facet : Facet.values()) {
        double score = Curve.at(row.values(), "score_" + facet.wireName());
        if (!Double.isNaN(score)) {
          sum += score;
          members++;
        }
      }
      if (members > 0 && spreads.containsKey(row.step())) {
        means.add(new Curve.Point(row.step(), sum / members));
      }
    }
    Curve mean = new Curve("mean of the members", means);
    return means.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Figure(
                "policy-ensemble",
                "The members' mean, and around it one standard deviation of theirs: a band that"
                    + " widens means that they are asked about texts that they do not know.",
                Plots.band("score", mean, spreads),
                Curves.numbers(List.of(mean, spread))));
  }

  private static void single(
      List<Block.Figure> into, List<Metric> log, String metric, String axis, String says) {
    figure("policy-" + metric.replace('_', '-'), says, axis, List.of(Curve.of("", log, metric)))
        .ifPresent(into::add);
  }

  private static List<Curve> facets(
      List<Metric> log, String name, String whole, Function<String, String> metric) {
    List<Curve> curves = new ArrayList<>();
    if (!whole.isEmpty()) {
      curves.add(Curve.of(name, log, whole));
    }
    for (Facet facet : Facet.values()) {
      curves.add(Curve.of(facet.wireName(), log, metric.apply(facet.wireName())));
    }
    return curves;
  }

  private static Optional<Block.Figure> figure(
      String id, String says, String axis, List<Curve> curves) {
    return Curves.figure(id, says, axis, curves, List.of());
  }
}
