package io.arete.rlaif.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.config.TestedSystem;

/** What replies are really worth, and what the models still know. */
final class TruthTable {

  private static final String ROW = "%-27s %7s %7s %7s  %s";

  private TruthTable() {}

  static void write(JsonNode evaluation, TextTable text) {
    JsonNode truth = evaluation.path("truth");
    if (!truth.isMissingNode()) {
      truth(truth, text);
    }
    JsonNode people = evaluation.path("peoples_replies");
    if (!people.isMissingNode()) {
      text.line(
          ROW,
          TextTable.format("people's replies (n = %d)", people.path("n").asLong()),
          TextTable.number(people.path("systems").path(TestedSystem.BASE.wireName())),
          TextTable.number(people.path("systems").path(TestedSystem.SFT.wireName())),
          TextTable.number(people.path("systems").path(TestedSystem.TUNED.wireName())),
          TextTable.difference(people.path("tuned_minus_base")) + " nats a token");
    }
    JsonNode questions = evaluation.path("questions");
    if (!questions.isMissingNode()) {
      questions(questions, text);
    }
  }

  private static void truth(JsonNode truth, TextTable text) {
    text.line("");
    text.line(
        ROW,
        TextTable.format("true worth (n = %d prompts)", truth.path("n").asLong()),
        "base",
        "sft",
        "tuned",
        "tuned - base (95 %); from -1 to 1");
    for (var entry : truth.path("outcomes").properties()) {
      row(
          entry.getKey(),
          entry.getValue(),
          truth.path("tuned_minus_base").path(entry.getKey()),
          text);
    }
    for (var entry : truth.path("groups").properties()) {
      JsonNode group = entry.getValue();
      String name = TextTable.format("%s (n = %d)", entry.getKey(), group.path("n").asLong());
      row(
          name,
          group.path("outcomes").path("ensemble"),
          group.path("tuned_minus_base").path("ensemble"),
          text);
    }
    JsonNode swapped = truth.path("swapped").path("ensemble");
    text.line(
        ROW,
        "said to another prompt",
        TextTable.number(swapped.path(TestedSystem.BASE.wireName())),
        TextTable.number(swapped.path(TestedSystem.SFT.wireName())),
        TextTable.number(swapped.path(TestedSystem.TUNED.wireName())),
        "");
  }

  private static void row(String name, JsonNode means, JsonNode difference, TextTable text) {
    text.line(
        ROW,
        name,
        TextTable.number(means.path(TestedSystem.BASE.wireName())),
        TextTable.number(means.path(TestedSystem.SFT.wireName())),
        TextTable.number(means.path(TestedSystem.TUNED.wireName())),
        difference.isMissingNode() ? "" : TextTable.difference(difference));
  }

  private static void questions(JsonNode questions, TextTable text) {
    JsonNode systems = questions.path("systems");
    text.line(
        ROW,
        TextTable.format("plain questions (n = %d)", questions.path("n").asLong()),
        TextTable.number(systems.path(TestedSystem.BASE.wireName()).path("share")),
        TextTable.number(systems.path(TestedSystem.SFT.wireName()).path("share")),
        TextTable.number(systems.path(TestedSystem.TUNED.wireName()).path("share")),
        TextTable.difference(questions.path("tuned_minus_base")));
    JsonNode kept = questions.path("non_inferiority").path("sentence");
    if (kept.isTextual()) {
      text.line("%s", kept.asText());
    }
  }
}
