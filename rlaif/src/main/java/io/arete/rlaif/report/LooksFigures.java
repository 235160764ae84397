package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Looks at the policy on the way: whether who only watches agrees with who rewards. */
final class LooksFigures {

  /** Who looks, as the file calls them. */
  static final List<String> WATCHERS = List.of("proxy", "watch", "truth");

  private static final Map<String, String> NAMES =
      Map.of("proxy", "ensemble that rewards", "watch", "watch reward model", "truth", "truth");

  private LooksFigures() {}

  /** What people call a watcher. */
  static String name(String watcher) {
    return Objects.requireNonNull(NAMES.get(watcher));
  }

  /** What one of them said, look by look. */
  static List<Curve.Point> points(List<ObjectNode> looks, String watcher) {
    List<Curve.Point> points = new ArrayList<>();
    for (ObjectNode look : looks) {
      if (look.path(watcher).isNumber()) {
        points.add(new Curve.Point(look.path("iteration").asLong(), look.path(watcher).asDouble()));
      }
    }
    return points;
  }

  /** Over the iterations, and those who watch against the one who rewards. */
  static List<Block.Figure> of(List<ObjectNode> looks) {
    List<Block.Figure> figures = new ArrayList<>();
    List<Curve> curves =
        WATCHERS.stream().map(by -> new Curve(name(by), points(looks, by))).toList();
    Curves.figure(
            "policy-looks",
            "The policy on the same watch prompts again and again. Where the ensemble rises and"
                + " the others do not, it learns the reward models' errors.",
            "score",
            curves,
            List.of())
        .ifPresent(figures::add);
    path(looks, figures);
    return figures;
  }

  private static void path(List<ObjectNode> looks, List<Block.Figure> figures) {
    List<Shapes.Visit> visits = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (String by : List.of("watch", "truth")) {
      for (ObjectNode look : looks) {
        if (look.path("proxy").isNumber() && look.path(by).isNumber()) {
          Shapes.Visit visit =
              new Shapes.Visit(
                  name(by),
                  look.path("iteration").asLong(),
                  look.path("proxy").asDouble(),
                  look.path(by).asDouble());
          visits.add(visit);
          rows.add(
              List.of(
                  visit.series(),
                  Long.toString(visit.step()),
                  Format.number(visit.x()),
                  Format.number(visit.y())));
        }
      }
    }
    if (!visits.isEmpty()) {
      figures.add(
          new Block.Figure(
              "policy-proxy",
              "The same against each other: the ensemble that rewards across, who only watches up,"
                  + " with the iteration at each point. A path that turns down to the right is"
                  + " over-optimised.",
              Shapes.path("ensemble that rewards", "others", visits),
              new Block.Numbers(List.of("by", "iteration", "ensemble", "other"), rows)));
    }
  }
}
