package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.ensemble.EnsembleRule;
import io.arete.rlaif.ensemble.EnsembleScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Conversations before and after, with how their scores came about: the first prompts of the
 * evaluation, nothing chosen, and then those that changed most, which are chosen and say so.
 */
final class TalksChapter {

  private static final int PROMPTS = 6;

  /** By how much a score may differ from that of its members once more. */
  private static final double ROUNDING = 1e-6;

  private TalksChapter() {}

  /** Base and tuned on one prompt. */
  private record Pair(JsonNode base, JsonNode tuned) {

    double change() {
      return ensemble(tuned) - ensemble(base);
    }

    private static double ensemble(JsonNode row) {
      return row.path("mean").path("ensemble").asDouble();
    }
  }

  static Optional<Chapter> of(RunFiles run) {
    List<Pair> pairs = pairs(run);
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    String rule = run.json("evaluation/plan.json").path("ensemble").asText("the ensemble's rule");
    Optional<EnsembleRule> known = EnsembleRule.described(rule);
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Prose(
            "The first prompts of the evaluation, nothing chosen. Scores are in units of the"
                + " reference's spread: 0 is its average reply, +1 is one standard deviation"
                + " better. The ensemble makes one score of them: "
                + rule
                + "."));
    for (int i = 0; i < Math.min(PROMPTS, pairs.size()); i++) {
      blocks.add(talk("Prompt " + (i + 1), pairs.get(i), known));
    }
    if (pairs.size() > PROMPTS) {
      Comparator<Pair> byChange = Comparator.comparingDouble(Pair::change);
      Pair best = pairs.stream().max(byChange).orElseThrow();
      Pair worst = pairs.stream().min(byChange).orElseThrow();
      blocks.add(talk("Chosen: the best change, " + Format.signed(best.change()), best, known));
      blocks.add(talk("Chosen: the worst change, " + Format.signed(worst.change()), worst, known));
    }
    return Optional.of(new Chapter("talks", "Before and after", blocks));
  }

  private static List<Pair> pairs(RunFiles run) {
    Map<String, JsonNode> tuned = new HashMap<>();
    run.lines("evaluation/tuned.jsonl").forEach(row -> tuned.put(row.path("id").asText(), row));
    List<Pair> pairs = new ArrayList<>();
    for (ObjectNode base : run.lines("evaluation/base.jsonl")) {
      JsonNode other = tuned.get(base.path("id").asText());
      if (other != null) {
        pairs.add(new Pair(base, other));
      }
    }
    return pairs;
  }

  private static Block.Talk talk(String title, Pair pair, Optional<EnsembleRule> rule) {
    JsonNode messages = pair.base().path("messages");
    return new Block.Talk(
        title,
        messages.path(messages.size() - 1).path("content").asText(),
        List.of(said("base", pair.base(), rule), said("tuned", pair.tuned(), rule)));
  }

  private static Block.Said said(String who, JsonNode row, Optional<EnsembleRule> rule) {
    JsonNode first = row.path("conversations").path(0);
    JsonNode scores = first.path("scores");
    List<Block.Line> lines = new ArrayList<>();
    Map<Facet, Double> members = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      JsonNode score = scores.path(facet.wireName());
      if (score.isNumber() && Double.isFinite(score.asDouble())) {
        members.put(facet, score.asDouble());
      }
      JsonNode reply = first.path(facet.wireName());
      String cut = reply.path("ended").asText("turn").equals("turn") ? "" : ", cut off";
      lines.add(
          new Block.Line(
              facet.wireName() + " (" + Format.signed(score) + cut + ")",
              reply.path("text").asText()));
    }
    return new Block.Said(who, lines, explained(scores.path("ensemble"), members, rule));
  }

  /**
   * How members became one score: what {@code score --explain} says of it. Numbers of another rule
   * than the plan's, such as an old build's, are not explained by it.
   */
  private static Block.Line explained(
      JsonNode ensemble, Map<Facet, Double> members, Optional<EnsembleRule> rule) {
    if (!ensemble.isNumber()) {
      return new Block.Line("", "");
    }
    String found =
        rule.filter(known -> members.size() == Facet.values().length)
            .map(known -> new EnsembleScore(members, known))
            .filter(score -> Math.abs(score.value() - ensemble.asDouble()) < ROUNDING)
            .map(EnsembleScore::explain)
            .orElse("ensemble score " + Format.signed(ensemble) + "\n");
    int end = found.indexOf('\n');
    return new Block.Line(found.substring(0, end), found.substring(end + 1));
  }
}
