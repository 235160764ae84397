package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.data.Facet;
import java.util.List;

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
    NamedTable.write(
        "reward model",
        rewards,
        List.of(
            // Whether pairs of one's own were held out nobody knows.
            new NamedTable.Column(
                rewards.findValue("first_loss") == null
                    ? "accuracy (95 %)"
                    : "held-out accuracy (95 %)",
                -27,
                RewardTable::accuracy),
            new NamedTable.Column("pairs", 6, row -> row.path("n").asText(NamedTable.NOTHING)),
            new NamedTable.Column("loss", 8, row -> loss(row.path("loss"))),
            new NamedTable.Column("first loss", 10, row -> loss(row.path("first_loss"))),
            new NamedTable.Column(
                " truly right: labels, scores", -28, row -> trulyRight(row.path("truth")))),
        text);
  }

  private static String loss(JsonNode loss) {
    return loss.isNumber() ? TextTable.format("%.4f", loss.asDouble()) : NamedTable.NOTHING;
  }

  private static String trulyRight(JsonNode truth) {
    return truth.isMissingNode()
        ? NamedTable.NOTHING
        : TextTable.format(
            "              %.3f   %.3f",
            truth.path("labels").path("share").asDouble(),
            truth.path("scores").path("share").asDouble());
  }

  private void calibration(JsonNode rewards) {
    NamedTable.write(
        "calibration",
        rewards,
        List.of(
            new NamedTable.Column("error as it is, fitted", -27, RewardTable::errors),
            new NamedTable.Column(
                "accuracy where labels are unclear, middling, clear", -50, RewardTable::byMargin)),
        text);
  }

  private static String errors(JsonNode row) {
    return row.has("calibration")
        ? TextTable.format(
            "%.3f   %.3f",
            row.path("calibration").path("expected_error_of_labels").asDouble(),
            row.path("calibration_fitted").path("expected_error_of_labels").asDouble())
        : NamedTable.NOTHING;
  }

  private static String byMargin(JsonNode row) {
    StringBuilder groups = new StringBuilder();
    for (JsonNode group : row.path("by_margin")) {
      groups.append(TextTable.format("%.3f   ", group.path("accuracy").asDouble()));
    }
    return groups.isEmpty() ? NamedTable.NOTHING : groups.toString().stripTrailing();
  }

  private void byLength(JsonNode rewards) {
    NamedTable.write(
        "length",
        rewards,
        List.of(
            new NamedTable.Column(
                "accuracy at like length",
                -27,
                row -> accuracy(row.path("by_length").path("matched"))),
            new NamedTable.Column(
                "score goes with length", -27, row -> withLength(row.path("by_length"))),
            new NamedTable.Column(
                "longer preferred: labels, scores", -32, row -> longer(row.path("by_length")))),
        text);
  }

  private static String withLength(JsonNode row) {
    return row.has("spearman")
        ? TextTable.format(
            "%+.2f (%+.2f to %+.2f)",
            row.path("spearman").asDouble(),
            row.path("spearman_low").asDouble(-1),
            row.path("spearman_high").asDouble(1))
        : NamedTable.NOTHING;
  }

  private static String longer(JsonNode row) {
    return row.has("labels_prefer_longer")
        ? TextTable.format(
            "%.0f %%, %.0f %%",
            100 * row.path("labels_prefer_longer").path("share").asDouble(),
            100 * row.path("scores_prefer_longer").path("share").asDouble())
        : NamedTable.NOTHING;
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
        : NamedTable.NOTHING;
  }
}
