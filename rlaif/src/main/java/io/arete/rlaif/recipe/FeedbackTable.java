package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.data.Facet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** How far the labels can be trusted, facet by facet. */
final class FeedbackTable {

  private static final String ROW = "%-27s %-23s %-23s %s";

  /** A wider table would break on a terminal; agreement.json has it in any case. */
  private static final int MOST_VOTERS = 8;

  private final JsonNode feedback;
  private final TextTable text;

  private FeedbackTable(JsonNode feedback, TextTable text) {
    this.feedback = feedback;
    this.text = text;
  }

  static void write(JsonNode feedback, TextTable text) {
    if (feedback.isMissingNode()) {
      return;
    }
    FeedbackTable table = new FeedbackTable(feedback, text);
    text.line("");
    if (feedback.path("source").asText().equals("human")) {
      table.human();
    } else {
      table.labels();
      table.calibration();
      table.committee();
      table.virtues();
    }
  }

  private void human() {
    text.line("labels given with the pairs");
    for (Facet facet : Facet.values()) {
      JsonNode row = label(facet);
      long inherited = row.path("inherited").asLong();
      long soft = row.path("soft").asLong();
      text.line(
          "%-14s %d pairs, no order to decide%s%s",
          facet.wireName(),
          row.path("pairs").asLong(),
          soft > 0 ? "; with a probability: " + soft : "",
          inherited > 0 ? "; inherited from the action: " + inherited : "");
    }
  }

  private void labels() {
    String source = feedback.path("source").asText();
    row(source.equals("local") ? "labels of a model" : "labels of the " + source, Facet::wireName);
    if (feedback.path("facets").isMissingNode()) {
      text.line("none yet");
      return;
    }
    row("pairs; ties; kept", facet -> counts(label(facet)));
    row("the order decided", facet -> share(label(facet).path("order_decided")));
    row("the first shown preferred", facet -> firstSlot(label(facet)));
    row("position bias, nats", facet -> bias(label(facet)));
    row("mass on the answers", facet -> TextTable.number(label(facet).path("answer_mass")));
    row("pairs with unread answers", facet -> failures(label(facet)));
    row("wrong labels, estimated", facet -> share(label(facet).path("wrong_by_estimate")));
    if (feedback.findValue("wrong_by_truth") != null) {
      row("wrong labels, by the truth", facet -> share(label(facet).path("wrong_by_truth")));
    }
  }

  private void calibration() {
    JsonNode against = feedback.path("calibration").path("against");
    if (against.isMissingNode()) {
      return;
    }
    String whom = against.asText().equals("people") ? "people" : "the truth";
    row("agreement with " + whom, facet -> share(agreement(facet)));
    row(
        "  on so many pairs",
        facet -> agreement(facet).has("n") ? agreement(facet).path("n").asText() : "-");
    row("  calibration error", facet -> TextTable.number(reliability(facet, "expected_error")));
    Set<Double> ends = new LinkedHashSet<>();
    for (Facet facet : Facet.values()) {
      reliability(facet, "bins").forEach(bin -> ends.add(bin.path("from").asDouble()));
    }
    for (double from : ends.stream().sorted().toList()) {
      row(
          TextTable.format("  said %.1f to %.1f, found", from, from + 0.1),
          facet -> found(reliability(facet, "bins"), from));
    }
  }

  private void committee() {
    for (var member : feedback.path("committee").properties()) {
      JsonNode row = member.getValue();
      text.line(
          "member %-20s right %s of %d, weight %.3f%s",
          member.getKey(),
          share(row.path("right")),
          row.path("right").path("n").asLong(),
          row.path("weight").asDouble(),
          row.path("counts").asBoolean() ? "" : ": no better than a coin, not asked");
    }
    JsonNode gain = feedback.path("committee_minus_best");
    if (!gain.isMissingNode()) {
      text.line(
          "right by the truth, committee - %s: %s (n = %d pairs)",
          gain.path("member").asText(), TextTable.difference(gain), gain.path("n").asLong());
    }
  }

  /** How often two virtues prefer the same conversation, over the facets. */
  private void virtues() {
    List<String> names = new ArrayList<>();
    JsonNode first = label(Facet.ACTION).path("virtue_agrees_with_label");
    first.properties().forEach(entry -> names.add(entry.getKey()));
    if (names.size() < 2 || names.size() > MOST_VOTERS) {
      return;
    }
    StringBuilder head = new StringBuilder();
    names.forEach(name -> head.append(TextTable.format(" %11s", name)));
    text.line("%-14s %11s%s", "votes agree", "with label", head);
    for (String one : names) {
      StringBuilder cells = new StringBuilder();
      for (String other : names) {
        cells.append(TextTable.format(" %11s", one.equals(other) ? "" : pair(one, other)));
      }
      text.line(
          "%-14s %11s%s", one, mean(row -> row.path("virtue_agrees_with_label").path(one)), cells);
    }
  }

  private String pair(String one, String other) {
    return mean(
        row -> {
          JsonNode table = row.path("virtues_agree");
          JsonNode found = table.path(one).path(other);
          return found.isMissingNode() ? table.path(other).path(one) : found;
        });
  }

  private String mean(Function<JsonNode, JsonNode> cell) {
    double sum = 0;
    int n = 0;
    for (Facet facet : Facet.values()) {
      JsonNode value = cell.apply(label(facet));
      sum += value.asDouble();
      n += value.isNumber() ? 1 : 0;
    }
    return n == 0 ? "-" : TextTable.format("%.3f", sum / n);
  }

  private void row(String name, Function<Facet, String> cell) {
    text.line(
        ROW,
        name,
        cell.apply(Facet.ACTION),
        cell.apply(Facet.MOTIVATION),
        cell.apply(Facet.CONSEQUENCES));
  }

  private JsonNode label(Facet facet) {
    return feedback.path("facets").path(facet.wireName());
  }

  private JsonNode agreement(Facet facet) {
    JsonNode row = feedback.path("calibration").path(facet.wireName());
    String field = "agrees_with_" + feedback.path("calibration").path("against").asText();
    return row.path(field);
  }

  private JsonNode reliability(Facet facet, String field) {
    return feedback.path("calibration").path(facet.wireName()).path("reliability").path(field);
  }

  private static String counts(JsonNode row) {
    return TextTable.format(
        "%d; %d; %d",
        row.path("pairs").asLong(), row.path("ties").asLong(), row.path("kept").asLong());
  }

  private static String firstSlot(JsonNode row) {
    JsonNode slot = row.path("first_slot");
    return slot.has("share")
        ? TextTable.format(
            "%.3f (p = %.2g)", slot.path("share").asDouble(), slot.path("p").asDouble())
        : "-";
  }

  private static String bias(JsonNode row) {
    JsonNode mean = row.path("position_bias_nats").path("mean");
    return mean.isNumber() ? TextTable.format("%+.3f", mean.asDouble()) : "-";
  }

  private static String failures(JsonNode row) {
    JsonNode pairs = row.path("parse_failures").path("pairs");
    return pairs.has("count") ? pairs.path("count").asText() : "-";
  }

  private static String found(JsonNode bins, double from) {
    for (JsonNode bin : bins) {
      if (bin.path("from").asDouble() == from) {
        JsonNode found = bin.path("found");
        return TextTable.format(
            "%.3f (n = %d)", found.path("share").asDouble(), found.path("n").asLong());
      }
    }
    return "-";
  }

  private static String share(JsonNode share) {
    return share.has("share")
        ? TextTable.format(
            "%.3f (%.3f to %.3f)",
            share.path("share").asDouble(),
            share.path("low").asDouble(),
            share.path("high").asDouble())
        : "-";
  }
}
