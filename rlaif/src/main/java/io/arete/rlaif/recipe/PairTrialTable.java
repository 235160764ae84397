package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;

/** What a trial of reward models on someone's pairs found, for people. */
public final class PairTrialTable {

  private PairTrialTable() {}

  /** As a table. */
  public static String text(JsonNode report) {
    TextTable text = new TextTable();
    text.line(
        "%d pairs; dropped: %d with a reply too long, %d identical once cut; %.1f %% of the texts cut",
        report.path("pairs").asLong(),
        report.path("dropped_too_long").asLong(),
        report.path("dropped_identical").asLong(),
        100 * report.path("cut_share").asDouble());
    for (JsonNode dropped : report.path("dropped_rows")) {
      text.line(
          "%d rows left out: %s", dropped.path("rows").asLong(), dropped.path("why").asText());
    }
    RewardTable.write(report.path("models"), report.path("no lengths"), report, text);
    JsonNode here = report.path("disagreement");
    if (!here.isMissingNode()) {
      text.line(
          "disagreement: sd of the models' z scores of a text %.3f here%s",
          here.path("mean_sd").asDouble(),
          report.has("disagreement_held_out")
              ? TextTable.format(
                  ", %.3f on held-out pairs of their run",
                  report.path("disagreement_held_out").path("mean_sd").asDouble())
              : "");
    }
    return text.toString();
  }
}
