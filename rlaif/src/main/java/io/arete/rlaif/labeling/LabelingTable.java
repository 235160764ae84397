package io.arete.rlaif.labeling;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** A report as lines for people. */
public final class LabelingTable {

  private static final String ROW = "%-34s  %s%n";

  private final StringBuilder text = new StringBuilder();

  private LabelingTable() {}

  /** The table of a labeler's report. */
  public static String ofLabeler(JsonNode report) {
    LabelingTable table = new LabelingTable();
    table.row("labeler", report.path("labeler").path("name").asText());
    table.row("rows", report.path("rows").asText());
    table.dropped(report);
    table.labels(report.path("labels"));
    if (report.has("calibration")) {
      table.text.append(System.lineSeparator()).append("people's pairs (calibration)");
      table.text.append(System.lineSeparator());
      table.labels(report.path("calibration").path("labels"));
    } else if (!report.path("labels").has("agrees_with_people")) {
      table
          .text
          .append("Nobody has compared these labels with people's; label some pairs yourself")
          .append(" (--by-hand) and give them as --calibration.")
          .append(System.lineSeparator());
    }
    return table.text.toString();
  }

  /** The table of a person's report. */
  public static String ofPerson(JsonNode report) {
    LabelingTable table = new LabelingTable();
    table.row("pairs", report.path("pairs").asText());
    table.dropped(report);
    table.row("answered", report.path("answered").asText());
    table.row("ties", report.path("ties").asText());
    table.share("first shown preferred", report.path("shown_first_preferred"));
    table.share("agrees with the data", report.path("agrees_with_given"));
    return table.text.toString();
  }

  private void dropped(JsonNode report) {
    report
        .path("dropped")
        .properties()
        .forEach(reason -> row("dropped: " + reason.getKey(), reason.getValue().asText()));
  }

  private void labels(JsonNode labels) {
    row("pairs", labels.path("pairs").asText());
    row("too long for the labeler", labels.path("too_long").asText());
    row("ties", labels.path("ties").asText());
    row("kept", labels.path("kept").asText());
    share("order decided", labels.path("order_decided"));
    if (labels.has("position_bias_nats")) {
      row(
          "position bias, nats",
          format(
              "%+.3f (size %.3f)",
              labels.path("position_bias_nats").path("mean").asDouble(),
              labels.path("position_bias_nats").path("mean_absolute").asDouble()));
      row(
          "first-slot share",
          format(
              "%.1f %% (p %.3g)",
              100 * labels.path("first_slot").path("share").asDouble(),
              labels.path("first_slot").path("p").asDouble()));
      row("mass on the answers", format("%.3f", labels.path("answer_mass").asDouble()));
    }
    share("preferred reply shown first", labels.path("preferred_shown_first"));
    share("agrees with people", labels.path("agrees_with_people"));
  }

  private void share(String name, JsonNode share) {
    if (!share.isMissingNode()) {
      row(
          name,
          format(
              "%.1f %% (%.1f to %.1f; %d of %d)",
              100 * share.path("share").asDouble(),
              100 * share.path("low").asDouble(),
              100 * share.path("high").asDouble(),
              share.path("count").asInt(),
              share.path("n").asInt()));
    }
  }

  private void row(String name, String value) {
    text.append(format(ROW, name, value));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
