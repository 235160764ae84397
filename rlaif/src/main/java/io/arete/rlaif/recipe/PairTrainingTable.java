package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;

/** What came of a training on someone's pairs, for people. */
public final class PairTrainingTable {

  private PairTrainingTable() {}

  /**
   * As a table.
   *
   * @param folder the reward model's
   * @param found what its evaluation.json says
   */
  public static String text(Path folder, JsonNode found) {
    TextTable text = new TextTable();
    text.line(
        "%s: a reward model; README.md there is its card, evaluation.json has all numbers", folder);
    text.line(
        "learned from %d pairs in %d steps; held out %d; dropped: %d with a reply too long, %d"
            + " identical once cut; %.1f %% of the texts cut",
        found.path("pairs_trained").asLong(),
        found.path("steps").asLong(),
        found.path("n").asLong(),
        found.path("dropped_too_long").asLong(),
        found.path("dropped_identical").asLong(),
        100 * found.path("cut_share").asDouble());
    MissingNode nothing = MissingNode.getInstance();
    RewardTable.write(
        JsonNodeFactory.instance.objectNode().set("reward", found), nothing, nothing, text);
    text.line("");
    text.line("%s", verdict(found));
    return text.toString();
  }

  private static String verdict(JsonNode found) {
    return TextTable.format(
        "%s: it is right on %.1f %% (95 %%: %.1f to %.1f %%) of %d pairs that it has not seen.",
        found.path("accuracy_low").asDouble() > 0.5
            ? "It has learned something"
            : "It may be no better than a coin",
        100 * found.path("accuracy").asDouble(),
        100 * found.path("accuracy_low").asDouble(),
        100 * found.path("accuracy_high").asDouble(),
        found.path("n").asLong());
  }
}
