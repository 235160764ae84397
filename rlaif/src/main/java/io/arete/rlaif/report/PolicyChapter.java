package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.run.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How the policy moved. */
final class PolicyChapter {

  private PolicyChapter() {}

  static Optional<Chapter> of(RunFiles run) {
    List<Metric> log = run.metrics("policy/metrics.jsonl");
    List<Block> blocks = new ArrayList<>();
    figure(
            "policy-reward",
            "Reward of the sampled conversations, and each facet's score, in units of the"
                + " reference's sd.",
            "z",
            facets(log, "reward", facet -> "score_" + facet))
        .ifPresent(blocks::add);
    looks(run).ifPresent(blocks::add);
    figure(
            "policy-kl",
            "How far the policy has gone from its reference, nats a reply.",
            "nats a reply",
            List.of(Curve.of("k1", log, "kl_k1"), Curve.of("k3", log, "kl_k3")))
        .ifPresent(blocks::add);
    figure(
            "policy-disagreement",
            "How far the members disagree about what the policy says now: a rise means that they"
                + " are asked about texts that they do not know.",
            "sd of the members",
            List.of(Curve.of("", log, "disagreement_sd")))
        .ifPresent(blocks::add);
    figure(
            "policy-entropy",
            "Entropy of the next token: towards 0 the policy always says the same.",
            "nats",
            List.of(Curve.of("", log, "entropy")))
        .ifPresent(blocks::add);
    figure(
            "policy-lengths",
            "Tokens of the replies.",
            "tokens",
            facets(log, "", facet -> "tokens_" + facet))
        .ifPresent(blocks::add);
    figure(
            "policy-variance",
            "Share of the returns' variance that the critic explains.",
            "explained variance",
            List.of(Curve.of("", log, "explained_variance")))
        .ifPresent(blocks::add);
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Chapter("policy", "The policy in training", blocks));
  }

  /** On the same watch prompts at every look: who rewards, who only watches, and the truth. */
  private static Optional<Block.Figure> looks(RunFiles run) {
    List<ObjectNode> looks = run.lines("policy/looks.jsonl", 0);
    List<Curve> curves = new ArrayList<>();
    for (String[] name :
        new String[][] {
          {"proxy", "the ensemble that rewards"},
          {"watch", "the watch reward model"},
          {"truth", "the truth"}
        }) {
      List<Curve.Point> points = new ArrayList<>();
      for (ObjectNode look : looks) {
        if (look.path(name[0]).isNumber()) {
          points.add(
              new Curve.Point(look.path("iteration").asLong(), look.path(name[0]).asDouble()));
        }
      }
      curves.add(new Curve(name[1], points));
    }
    return figure(
        "policy-looks",
        "The policy on the same watch prompts again and again. Where the ensemble rises and the"
            + " others do not, the policy learns the reward models' errors.",
        "score",
        curves);
  }

  private static List<Curve> facets(
      List<Metric> log, String whole, Function<String, String> metric) {
    List<Curve> curves = new ArrayList<>();
    if (!whole.isEmpty()) {
      curves.add(Curve.of("ensemble, less the KL charge", log, whole));
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
