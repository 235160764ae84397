package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.data.Facet;

/** What the reward models learned, and what of their texts they could read. */
final class RewardTable {

  private final TextTable text;

  private RewardTable(TextTable text) {
    this.text = text;
  }

  /**
   * Writes the tables.
   *
   * @param rewards each facet's evaluation
   * @param lengths of the pairs' texts
   * @param members how far the models say the same
   */
  static void write(JsonNode rewards, JsonNode lengths, JsonNode members, TextTable text) {
    RewardTable table = new RewardTable(text);
    table.lengths(lengths);
    table.models(rewards);
    table.calibration(rewards);
    table.byLength(rewards);
    table.virtues(rewards);
    table.members(members);
  }

  /** The lengths of texts alone, as {@code arete reward lengths} shows them. */
  static void writeLengths(JsonNode lengths, TextTable text) {
    new RewardTable(text).lengths(lengths);
  }

  private void lengths(JsonNode lengths) {
    if (lengths.isMissingNode()) {
      return;
    }
    text.line("");
    text.line(
        "%-14s %7s %7s %8s %7s %7s %7s %9s",
        "text, tokens", "shortest", "1/4", "half", "3/4", "longest", "beyond", "whole");
    for (var entry : lengths.path("facets").properties()) {
      JsonNode row = entry.getValue();
      text.line(
          "%-14s %8d %7.0f %8.0f %7.0f %7d %7d %7.1f %%",
          entry.getKey(),
          row.path("min").asLong(),
          row.path("first_quartile").asDouble(),
          row.path("median").asDouble(),
          row.path("third_quartile").asDouble(),
          row.path("max").asLong(),
          row.path("outliers").asLong(),
          100 * row.path("kept_whole_share").asDouble());
    }
    text.line(
        "%-14s %8s %7s %8s %14s %s",
        "if cut to", "whole", "dropped", "tokens", "memory (est.)", "  GFLOP a step (est.)");
    for (JsonNode row : lengths.path("lengths")) {
      boolean taken = row.path("max_length").asInt() == lengths.path("max_length").asInt();
      text.line(
          "%-14s %6.1f %% %7d %8.0f %10.0f MiB   %.1f",
          row.path("max_length").asInt() + (taken ? " (taken)" : ""),
          100 * row.path("kept_whole_share").asDouble(),
          row.path("pairs_dropped").asLong(),
          row.path("tokens_per_step").asDouble(),
          row.path("peak_memory_bytes").asDouble() / (1 << 20),
          row.path("flop_per_step").asDouble() / 1e9);
    }
  }

  private void models(JsonNode rewards) {
    if (rewards.isEmpty()) {
      return;
    }
    text.line("");
    text.line(
        "%-14s %-27s %6s %8s %10s%s",
        "reward model",
        "held-out accuracy (95 %)",
        "pairs",
        "loss",
        "first loss",
        rewards.findValue("truth") == null ? "" : "  truly right: labels, scores");
    for (var entry : rewards.properties()) {
      JsonNode row = entry.getValue();
      text.line(
          "%-14s %-27s %6d %8.4f %10s%s",
          entry.getKey(),
          accuracy(row),
          row.path("n").asLong(),
          row.path("loss").asDouble(),
          row.has("first_loss") ? TextTable.format("%.4f", row.path("first_loss").asDouble()) : "-",
          trulyRight(row.path("truth")));
    }
  }

  private static String trulyRight(JsonNode truth) {
    return truth.isMissingNode()
        ? ""
        : TextTable.format(
            "               %.3f   %.3f",
            truth.path("labels").path("share").asDouble(),
            truth.path("scores").path("share").asDouble());
  }

  private void calibration(JsonNode rewards) {
    if (rewards.findValue("calibration") == null) {
      return;
    }
    text.line(
        "%-14s %-27s %s",
        "calibration",
        "error as it is, fitted",
        "accuracy where labels are unclear, middling," + " clear");
    for (var entry : rewards.properties()) {
      JsonNode row = entry.getValue();
      StringBuilder byMargin = new StringBuilder();
      for (JsonNode group : row.path("by_margin")) {
        byMargin.append(TextTable.format("%.3f   ", group.path("accuracy").asDouble()));
      }
      text.line(
          "%-14s %-27s %s",
          entry.getKey(),
          TextTable.format(
              "%.3f   %.3f",
              row.path("calibration").path("expected_error_of_labels").asDouble(),
              row.path("calibration_fitted").path("expected_error_of_labels").asDouble()),
          byMargin.isEmpty() ? "-" : byMargin.toString().stripTrailing());
    }
  }

  private void byLength(JsonNode rewards) {
    if (rewards.findValue("by_length") == null) {
      return;
    }
    text.line(
        "%-14s %-27s %-27s %s",
        "length",
        "accuracy at like length",
        "score goes with length",
        "longer preferred: labels," + " scores");
    for (var entry : rewards.properties()) {
      JsonNode row = entry.getValue().path("by_length");
      text.line(
          "%-14s %-27s %-27s %s",
          entry.getKey(),
          accuracy(row.path("matched")),
          TextTable.format(
              "%+.2f (%+.2f to %+.2f)",
              row.path("spearman").asDouble(),
              row.path("spearman_low").asDouble(-1),
              row.path("spearman_high").asDouble(1)),
          row.has("labels_prefer_longer")
              ? TextTable.format(
                  "%.0f %%, %.0f %%",
                  100 * row.path("labels_prefer_longer").path("share").asDouble(),
                  100 * row.path("scores_prefer_longer").path("share").asDouble())
              : "-");
    }
  }

  private void virtues(JsonNode rewards) {
    for (Facet facet : Facet.values()) {
      JsonNode virtues = rewards.path(facet.wireName()).path("by_virtue");
      if (!virtues.isMissingNode()) {
        StringBuilder shares = new StringBuilder();
        for (var entry : virtues.properties()) {
          shares.append(
              TextTable.format(
                  "  %s %.2f", entry.getKey(), entry.getValue().path("share").asDouble()));
        }
        text.line("agrees on the %s:%s", facet.wireName(), shares);
      }
    }
  }

  /** How far facets go together, and how far the seeds of each differ. */
  private void members(JsonNode members) {
    JsonNode names = members.path("members");
    // The facets stand first; what further seeds add is in members.json.
    for (int i = 1; i < Math.min(names.size(), Facet.values().length); i++) {
      StringBuilder row = new StringBuilder();
      for (int j = 0; j < i; j++) {
        JsonNode value = members.path("correlation").path(i).path(j);
        row.append(TextTable.format("  %s %s", names.get(j).asText(), TextTable.number(value)));
      }
      text.line("correlation of the %s with:%s", names.get(i).asText(), row);
    }
    for (var entry : members.path("disagreement_of_seeds").properties()) {
      text.line(
          "seeds of the %s differ by %.3f (sd of z, mean over %d texts)",
          entry.getKey(),
          entry.getValue().path("mean_sd").asDouble(),
          entry.getValue().path("texts").asLong());
    }
  }

  private static String accuracy(JsonNode row) {
    return row.has("accuracy")
        ? TextTable.format(
            "%.3f (%.3f to %.3f)",
            row.path("accuracy").asDouble(),
            row.path("accuracy_low").asDouble(),
            row.path("accuracy_high").asDouble())
        : "-";
  }
}
