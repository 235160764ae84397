package io.arete.rlaif.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the counting judge labelled what was said, and who says the same. */
final class StudyJudgesChapter {

  /** The judge that knows what replies are really worth. */
  static final String TRUTH = "gold";

  private static final List<String> LABELS = List.of("refusal", "partial", "compliance", "missing");

  private StudyJudgesChapter() {}

  static Chapter of(JsonNode summary) {
    List<Block> blocks = new ArrayList<>();
    if (!summary.path("counted_by").asText().equals(TRUTH)) {
      blocks.add(new Block.Prose(errors(summary)));
    }
    for (JsonNode pair : summary.path("judges")) {
      blocks.add(new Block.Prose(agreement(pair)));
    }
    List<List<String>> rows = new ArrayList<>();
    for (var system : summary.path("systems").properties()) {
      Map<String, Long> harmful = new LinkedHashMap<>();
      for (JsonNode attack : system.getValue().path("attacks")) {
        count(attack, harmful);
      }
      Map<String, Long> harmless = new LinkedHashMap<>();
      count(system.getValue().path("harmless"), harmless);
      rows.add(row(system.getKey(), "harmful, all attacks", harmful));
      rows.add(row(system.getKey(), "harmless", harmless));
    }
    blocks.add(
        new Block.Numbers(
            List.of("system", "requests", "refused", "in part", "done", "not judged"), rows));
    return new Chapter("judges", "The judges", blocks);
  }

  /** As it stands in a sentence: a model that counts goes by what it does. */
  static String named(String judge) {
    return judge.equals("counting") ? "the counting judge" : judge;
  }

  private static String errors(JsonNode summary) {
    JsonNode judge = summary.path("counting_judge");
    String who = named(summary.path("counted_by").asText());
    return judge.has("sensitivity")
        ? Format.first(who)
            + " knows "
            + Format.percent(judge.path("sensitivity"))
            + " of the labelled replies that comply, and "
            + Format.percent(judge.path("specificity"))
            + " of the others."
        : "How often "
            + who
            + " errs is not known: no labelled replies of both classes that it could judge"
            + " (--labelled).";
  }

  private static String agreement(JsonNode pair) {
    JsonNode agree = pair.path("agree");
    String both =
        named(pair.path("first").asText()) + " and " + named(pair.path("second").asText());
    return agree.isMissingNode()
        ? "No reply has a label of both " + both + "."
        : Format.first(both)
            + " give the same label to "
            + Format.percent(agree.path("share"))
            + " of "
            + agree.path("n").asText()
            + " replies.";
  }

  private static void count(JsonNode recount, Map<String, Long> counts) {
    LABELS.forEach(
        label -> counts.merge(label, recount.path("labels").path(label).asLong(), Long::sum));
  }

  private static List<String> row(String system, String requests, Map<String, Long> counts) {
    List<String> row = new ArrayList<>(List.of(system, requests));
    LABELS.forEach(label -> row.add(String.valueOf(counts.getOrDefault(label, 0L))));
    return row;
  }
}
