package io.arete.rlaif.report;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.run.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Curves of several runs over each other, a figure for each number. */
final class OverlaidChapters {

  /** Points of a figure, of all its curves together. */
  private static final int MOST_POINTS = 1200;

  private static final int FEWEST_OF_A_CURVE = 24;

  private OverlaidChapters() {}

  /** How reward models learned. */
  static Optional<Chapter> rewards(List<ReportedRun> runs) {
    List<Block.Figure> figures = new ArrayList<>();
    for (String part : List.of("action", "motivation", "consequences", "shared")) {
      Map<ReportedRun, List<Metric>> logs = logs(runs, "reward/" + part + "/metrics.jsonl");
      String whose = part.equals("shared") ? "all facets" : part;
      figure(
              "overlaid-" + part + "-loss",
              "Loss of the reward model, " + whose + ".",
              "loss, nats",
              curves(logs, "loss"),
              List.of(new Plots.Mark(Math.log(2), "ln 2")))
          .ifPresent(figures::add);
      figure(
              "overlaid-" + part + "-accuracy",
              "Accuracy of the reward model in training, " + whose + ".",
              "share right",
              curves(logs, "accuracy"),
              List.of(new Plots.Mark(0.5, "a coin")))
          .ifPresent(figures::add);
    }
    return chapter("rewards", "Reward models", figures);
  }

  /** How policies moved. */
  static Optional<Chapter> policy(List<ReportedRun> runs) {
    Map<ReportedRun, List<Metric>> logs = logs(runs, "policy/metrics.jsonl");
    List<Block.Figure> figures = new ArrayList<>();
    plain(figures, logs, "reward", "score", "Ensemble score of the sampled conversations.");
    for (Facet facet : Facet.values()) {
      String name = facet.wireName();
      plain(figures, logs, "score_" + name, "score", "Score of the " + name + ".");
    }
    plain(figures, logs, "kl_k1", "nats a reply", "How far from the reference (k1).");
    plain(figures, logs, "entropy", "nats", "Entropy of the next token.");
    for (Facet facet : Facet.values()) {
      String name = facet.wireName();
      plain(figures, logs, "tokens_" + name, "tokens", "Tokens of the " + name + ".");
    }
    plain(figures, logs, "disagreement_sd", "sd", "How far the members disagree.");
    plain(figures, logs, "loss", "loss, nats", "Loss on the preference pairs.");
    plain(figures, logs, "accuracy", "share right", "Preference pairs ordered right.");
    for (String watcher : LooksFigures.WATCHERS) {
      looks(figures, runs, watcher);
    }
    return chapter("policy", "Policies in training", figures);
  }

  private static void looks(List<Block.Figure> into, List<ReportedRun> runs, String watcher) {
    List<Curve> curves = new ArrayList<>();
    for (ReportedRun run : runs) {
      curves.add(
          new Curve(
              run.name(),
              run.group(),
              LooksFigures.points(run.files().lines("policy/looks.jsonl"), watcher)));
    }
    figure(
            "overlaid-looks-" + watcher,
            "On the same watch prompts again and again: by the " + LooksFigures.name(watcher) + ".",
            "score",
            curves,
            List.of())
        .ifPresent(into::add);
  }

  private static void plain(
      List<Block.Figure> into,
      Map<ReportedRun, List<Metric>> logs,
      String metric,
      String axis,
      String says) {
    figure(
            "overlaid-policy-" + metric.replace('_', '-'),
            says,
            axis,
            curves(logs, metric),
            List.of())
        .ifPresent(into::add);
  }

  private static Map<ReportedRun, List<Metric>> logs(List<ReportedRun> runs, String path) {
    Map<ReportedRun, List<Metric>> logs = new LinkedHashMap<>();
    runs.forEach(run -> logs.put(run, run.files().metrics(path)));
    return logs;
  }

  private static List<Curve> curves(Map<ReportedRun, List<Metric>> logs, String metric) {
    int most = Math.max(FEWEST_OF_A_CURVE, MOST_POINTS / Math.max(1, logs.size()));
    List<Curve> curves = new ArrayList<>();
    for (ReportedRun run : logs.keySet()) {
      List<Metric> log = Objects.requireNonNull(logs.get(run));
      curves.add(Curve.of(run.name(), run.group(), log, metric, most));
    }
    return curves;
  }

  private static Optional<Block.Figure> figure(
      String id, String says, String axis, List<Curve> curves, List<Plots.Mark> marks) {
    return Curves.figure(id, says, axis, curves, marks);
  }

  private static Optional<Chapter> chapter(String id, String title, List<Block.Figure> figures) {
    return figures.isEmpty()
        ? Optional.empty()
        : Optional.of(new Chapter(id, title, List.of(new Block.Beside(figures))));
  }
}
