package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.run.RunStop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What came of the run, first of all. */
final class VerdictChapter {

  private VerdictChapter() {}

  static Chapter of(RunFiles run) {
    List<Block> blocks = new ArrayList<>();
    JsonNode summary = run.json("evaluation/summary.json");
    blocks.add(headline(run));
    if (summary.path("verdict").has("sentence")) {
      beside(summary).ifPresent(text -> blocks.add(new Block.Prose(text)));
      figure(summary).ifPresent(blocks::add);
    }
    return new Chapter("verdict", "Verdict", blocks);
  }

  /** The verdict; how far the run has come if there is none, or if a gate does not let it stand. */
  static Block.Headline headline(RunFiles run) {
    JsonNode verdict = run.json("evaluation/summary.json").path("verdict");
    String evaluation =
        run.json("run.json").path("stages").path("evaluation").path("state").asText();
    return verdict.has("sentence") && !evaluation.equals("stopped")
        ? headline(Format.words(verdict.path("word").asText()), verdict.path("sentence").asText())
        : state(run);
  }

  /** The sentence begins with its word, too, which need not be read twice. */
  private static Block.Headline headline(String word, String sentence) {
    String again = word + ": ";
    return new Block.Headline(
        word,
        sentence.regionMatches(true, 0, again, 0, again.length())
            ? Format.first(sentence.substring(again.length()))
            : sentence);
  }

  private static Block.Headline state(RunFiles run) {
    for (var stage : run.json("run.json").path("stages").properties()) {
      JsonNode record = stage.getValue();
      String state = record.path("state").asText();
      if (state.equals("stopped")) {
        return new Block.Headline(
            RunStop.words(run.json("gates.json")), record.path("reason").asText());
      }
      if (!state.equals("done")) {
        return new Block.Headline(
            "not done yet",
            "The run is at its stage "
                + stage.getKey()
                + ", which is "
                + state
                + "; what it has so far is below.");
      }
    }
    return new Block.Headline(
        "not done yet", "The evaluation has not been run; what the run has so far is below.");
  }

  /** What the gain cost, and what it is at equal length. */
  private static Optional<String> beside(JsonNode summary) {
    List<String> sentences = new ArrayList<>();
    JsonNode matched = summary.path("tuned_minus_base_at_matched_length");
    Measured.of("", "", matched)
        .ifPresent(found -> sentences.add("At equal length it is " + found.words() + "."));
    JsonNode kl = summary.path("kl").path("nats_per_reply");
    if (kl.isNumber()) {
      sentences.add("The policy went " + Format.number(kl) + " nats a reply from its reference.");
    }
    JsonNode ability = summary.path("questions").path("non_inferiority").path("sentence");
    if (ability.isTextual()) {
      sentences.add("Plain questions: " + ability.asText());
    }
    return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
  }

  private static Optional<Block.Figure> figure(JsonNode summary) {
    List<Plots.Change> rows = new ArrayList<>();
    List<List<String>> numbers = new ArrayList<>();
    add("scores", summary, rows, numbers);
    add("truth", summary.path("truth"), rows, numbers);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Block.Figure(
            "verdict-changes",
            "From base (ring) to tuned (dot). The thick line is the 95 % interval of the change:"
                + " where it does not reach the ring, the change is more than chance."
                + (summary.has("truth")
                    ? " Scores are the reward models', the truth is what is really so."
                    : ""),
            Plots.changes("score", rows),
            new Block.Numbers(
                List.of("outcome", "by", "base", "tuned", "difference", "95 % interval"),
                numbers)));
  }

  private static void add(
      String by, JsonNode found, List<Plots.Change> rows, List<List<String>> numbers) {
    for (var outcome : found.path("tuned_minus_base").properties()) {
      JsonNode means = found.path("outcomes").path(outcome.getKey());
      Measured.of(Format.words(outcome.getKey()), by, outcome.getValue())
          .filter(measured -> means.path("base").isNumber())
          .ifPresent(
              measured -> {
                rows.add(
                    new Plots.Change(
                        measured.row(),
                        by,
                        means.path("base").asDouble(),
                        measured.value(),
                        measured.low(),
                        measured.high()));
                numbers.add(
                    List.of(
                        measured.row(),
                        by,
                        Format.number(means.path("base")),
                        Format.number(means.path("tuned")),
                        Format.signed(measured.value()),
                        Format.signed(measured.low()) + " to " + Format.signed(measured.high())));
              });
    }
  }
}
