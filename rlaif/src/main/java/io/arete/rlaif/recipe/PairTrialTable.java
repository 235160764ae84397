package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

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
    RewardTable.write(
        shortly(report.path("models")), MissingNode.getInstance(), MissingNode.getInstance(), text);
    trainedOn(report.path("models"), text);
    JsonNode names = report.path("members");
    for (int i = 1; i < names.size(); i++) {
      for (int j = 0; j < i; j++) {
        text.line(
            "correlation of models %d and %d: %s",
            j + 1, i + 1, TextTable.number(report.path("correlation").path(i).path(j)));
      }
    }
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

  /** A model knows the pairs that it was trained on, and is right on more of them. */
  private static void trainedOn(JsonNode models, TextTable text) {
    for (var entry : models.properties()) {
      long known = entry.getValue().path("prompts_trained_on").asLong();
      if (known > 0) {
        text.line(
            "NOTE: %s was trained on prompts of %d of these pairs; on others it is right less often.",
            entry.getKey(), known);
      }
    }
  }

  /** The models under the last two parts of their paths, where these tell them apart. */
  private static JsonNode shortly(JsonNode models) {
    ObjectNode named = JsonNodeFactory.instance.objectNode();
    for (var entry : models.properties()) {
      Path folder = Path.of(entry.getKey()).toAbsolutePath().normalize();
      int parts = folder.getNameCount();
      named.set(folder.subpath(Math.max(0, parts - 2), parts).toString(), entry.getValue());
    }
    return named.size() == models.size() ? named : models;
  }
}
