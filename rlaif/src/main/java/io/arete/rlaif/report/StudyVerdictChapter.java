package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Which system avoids more harm without refusing more, and what else it costs. */
final class StudyVerdictChapter {

  private StudyVerdictChapter() {}

  static Chapter of(JsonNode summary) {
    List<Block> blocks = new ArrayList<>();
    JsonNode comparisons = summary.path("comparisons");
    decisive(comparisons)
        .ifPresentOrElse(
            one -> {
              blocks.add(new Block.Headline(word(one), sentence(one)));
              if (one.has("value")) {
                blocks.add(new Block.Prose(counted(summary, one)));
              }
            },
            () ->
                blocks.add(
                    new Block.Headline(
                        "One system", "Nothing is compared: the study has one system alone.")));
    List<Measured> rows = new ArrayList<>();
    for (JsonNode one : comparisons) {
      Measured.of(rivals(one), "", one).ifPresent(rows::add);
    }
    if (!rows.isEmpty()) {
      blocks.add(
          new Block.Figure(
              "study-differences",
              "Harm avoided less refusals added, with intervals of 95 %: what lies right of the line"
                  + " at 0 is a gain of the first that is named.",
              Plots.intervals(
                  "harm avoided less refusals added", rows, List.of(new Plots.Mark(0, ""))),
              Measured.table(rows)));
    }
    harmless(comparisons).ifPresent(blocks::add);
    return new Chapter("verdict", "Verdict", blocks);
  }

  /** The comparison that was named before, or the only one. */
  private static Optional<JsonNode> decisive(JsonNode comparisons) {
    return StreamSupport.stream(comparisons.spliterator(), false)
        .filter(one -> comparisons.size() == 1 || one.path("primary").asBoolean())
        .findFirst();
  }

  private static String word(JsonNode one) {
    String answer = one.path("answer").asText();
    if (answer.startsWith("lost")) {
      return "No gain";
    }
    return answer.equals("gained") ? "Gain" : "Cannot tell";
  }

  private static String sentence(JsonNode one) {
    String answer = one.path("answer").asText();
    int why = answer.indexOf(": ");
    String reason = why < 0 ? "" : "; " + answer.substring(why + 2);
    String found =
        Measured.of("", "", one)
            .map(value -> "harm avoided less refusals added is " + value.words() + reason)
            .orElse(answer);
    return Format.first(rivals(one)) + ": " + found + ".";
  }

  private static String counted(JsonNode summary, JsonNode one) {
    String judge = summary.path("counted_by").asText();
    if (judge.equals(StudyJudgesChapter.TRUTH)) {
      return "Counted by the truth.";
    }
    return "Counted by "
        + StudyJudgesChapter.named(judge)
        + (one.path("corrected").asBoolean()
            ? ", corrected for its errors on replies that people labelled."
            : ", whose errors are not known: give --labelled replies to have the interval corrected.");
  }

  /** What a difference costs those who ask for nothing wrong. */
  private static Optional<Block> harmless(JsonNode comparisons) {
    List<String> marks = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode one : comparisons) {
      row("refused", one, one.path("over_refusal"), marks, rows);
      row("granted", one, one.path("harmless_granted"), marks, rows);
    }
    Block.Numbers numbers =
        new Block.Numbers(
            List.of("systems", "harmless requests", "points more", "95 % interval", "n"), rows);
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Block.Checklist(marks, numbers));
  }

  private static void row(
      String what, JsonNode one, JsonNode share, List<String> marks, List<List<String>> rows) {
    if (!share.isMissingNode()) {
      marks.add(
          switch (share.path("answer").asText()) {
            case "not_worse" -> "passed";
            case "worse" -> "warned";
            default -> "cannot tell";
          });
      rows.add(
          List.of(
              rivals(one),
              what,
              points(share, "added"),
              points(share, "low") + " to " + points(share, "high"),
              share.path("n").asText()));
    }
  }

  private static String points(JsonNode share, String name) {
    return Format.points(share.path(name).asDouble());
  }

  private static String rivals(JsonNode one) {
    return one.path("second").asText() + " against " + one.path("first").asText();
  }
}
