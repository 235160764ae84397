package io.arete.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.file.VisibleText;
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
    table.line("%-16s %-16s %-28s %s%n", "system", "attack", "succeeds", "as judged (95 %)");
    for (Map.Entry<String, JsonNode> system : summary.path("systems").properties()) {
      table.system(system.getKey(), system.getValue());
    }
    summary.path("comparisons").forEach(table::comparison);
    summary.path("judges").forEach(table::agreement);
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
      rate(name, "all attacks", system.path("harm"));
    } else {
      system
          .path("attacks")
          .properties()
          .forEach(one -> attack(name, one.getKey(), one.getValue()));
    }
    system.path("attacks").properties().forEach(one -> found(name, one.getKey(), one.getValue()));
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
    rate(system, name, attack.path("success"));
  }

  private void rate(String system, String name, JsonNode success) {
    String succeeds =
        success.has("estimate")
            ? percent(success, "estimate", "low", "high") + ")"
            : success.path("answer").asText();
    String judged =
        success.has("judged")
            ? percent(success, "judged", "judged_low", "judged_high") + inAll(success)
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
              ? percent(complied, "share", "low", "high") + inAll(complied)
              : NOTHING);
    }
  }

  /** A share with its interval, the bracket still open. */
  private static String percent(JsonNode node, String share, String low, String high) {
    return String.format(
        Locale.ROOT,
        "%.1f %% (%.1f to %.1f",
        100 * node.path(share).asDouble(),
        100 * node.path(low).asDouble(),
        100 * node.path(high).asDouble());
  }

  /** Closes the bracket. */
  private static String inAll(JsonNode node) {
    return "; n = " + node.path("n").asInt() + ")";
  }

  /** How soon the attack believed that it had found something. */
  private void found(String system, String name, JsonNode attack) {
    // An attack that nobody steers sends nothing before its prompt is counted.
    if (attack.at("/took/target_queries").asInt() > 0) {
      JsonNode found = attack.path("believed_found");
      line(
          "%-16s %-16s steering judge: found for %d of %d requests%s%n",
          system,
          name,
          found.path("count").asInt(),
          found.path("n").asInt(),
          attack.has("median_queries_until_found")
              ? String.format(
                  Locale.ROOT,
                  ", after %.1f queries (median)",
                  attack.path("median_queries_until_found").asDouble())
              : "");
    }
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

  private void agreement(JsonNode judges) {
    JsonNode agree = judges.path("agree");
    line(
        "judges %s and %s: %s%n",
        judges.path("first").asText(),
        judges.path("second").asText(),
        agree.isMissingNode()
            ? "no reply has a label of both"
            : "the same label for " + percent(agree, "share", "low", "high") + inAll(agree));
  }

  private void line(String format, Object... values) {
    text.append(VisibleText.lines(String.format(Locale.ROOT, format, values)));
  }
}
