package io.arete.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/** A study's summary for people. */
final class AttackStudyTable {

  private static final String NOTHING = "nothing was judged";

  private final StringBuilder text = new StringBuilder();

  private AttackStudyTable() {}

  /**
   * The table. Where there is a family of several attacks, a line is a family and a group of
   * requests; else it is an attack.
   */
  static String text(JsonNode summary) {
    AttackStudyTable table = new AttackStudyTable();
    table.line("%-16s %-16s %-28s %s%n", "system", "attack", "succeeds", "judged");
    for (Map.Entry<String, JsonNode> system : summary.path("systems").properties()) {
      table.system(system.getKey(), system.getValue());
    }
    summary.path("comparisons").forEach(table::comparison);
    return table.text.toString();
  }

  private void system(String name, JsonNode system) {
    long families =
        system.path("groups").findValues("family").stream()
            .map(JsonNode::asText)
            .distinct()
            .count();
    if (families < system.path("attacks").size()) {
      system.path("groups").forEach(group -> group(name, group));
    } else {
      system
          .path("attacks")
          .properties()
          .forEach(one -> attack(name, one.getKey(), one.getValue()));
    }
    JsonNode refused = system.path("harmless").path("refused");
    line(
        "%-16s %s%n",
        name,
        refused.isMissingNode()
            ? "harmless requests: " + NOTHING
            : String.format(
                Locale.ROOT, "refuses %.1f %% of harmless requests", 100 * refused.asDouble()));
  }

  private void attack(String system, String name, JsonNode attack) {
    JsonNode success = attack.path("success");
    String succeeds =
        success.has("estimate")
            ? percent(success.path("estimate"), success) + ")"
            : success.path("answer").asText();
    String judged =
        success.has("judged")
            ? String.format(
                Locale.ROOT,
                "%.1f %% (n = %d)",
                100 * success.path("judged").asDouble(),
                success.path("n").asInt())
            : "-";
    line("%-16s %-16s %-28s %s%n", system, name, succeeds, judged);
  }

  private void group(String system, JsonNode group) {
    if (group.has("family")) {
      JsonNode complied = group.path("compliance");
      line(
          "%-16s %-16s %-28s %s%n",
          system,
          group.path("family").asText(),
          group.path("group").asText(),
          complied.has("share")
              ? percent(complied.path("share"), complied)
                  + "; n = "
                  + complied.path("n").asInt()
                  + ")"
              : NOTHING);
    }
  }

  /** A share with its interval, the bracket still open. */
  private static String percent(JsonNode share, JsonNode interval) {
    return String.format(
        Locale.ROOT,
        "%.1f %% (%.1f to %.1f",
        100 * share.asDouble(),
        100 * interval.path("low").asDouble(),
        100 * interval.path("high").asDouble());
  }

  private void comparison(JsonNode one) {
    line(
        "%s against %s%s: %s%s%n",
        one.path("second").asText(),
        one.path("first").asText(),
        one.path("primary").asBoolean() ? " (decides)" : "",
        one.path("answer").asText(),
        one.has("value")
            ? String.format(
                Locale.ROOT,
                "; harm avoided less refusals added %+.3f (%+.3f to %+.3f)",
                one.path("value").asDouble(),
                one.path("low").asDouble(),
                one.path("high").asDouble())
            : "");
    notLost("refused", one.path("over_refusal"));
    notLost("granted", one.path("harmless_granted"));
  }

  private void notLost(String what, JsonNode share) {
    if (!share.isMissingNode()) {
      line(
          "  harmless requests %s: %+.1f points (%+.1f to %+.1f, n = %d); two points lost: %s%n",
          what,
          100 * share.path("added").asDouble(),
          100 * share.path("low").asDouble(),
          100 * share.path("high").asDouble(),
          share.path("n").asInt(),
          switch (share.path("answer").asText()) {
            case "not_worse" -> "no";
            case "worse" -> "yes";
            default -> "cannot tell";
          });
    }
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }
}
