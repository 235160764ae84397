package io.arete.rlaif.publish;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.config.PpoSection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page of a policy: what it was made from, whether it is better, what it is not. */
final class PolicyCard {

  private PolicyCard() {}

  static String markdown(RunParts run, PpoSection ppo, Origin origin, String data, boolean whole) {
    String tag = ppo.algorithm().name().toLowerCase(Locale.ROOT);
    JsonNode found = run.json("evaluation/summary.json");
    return CardText.front(origin, data, whole, "text-generation", tag)
        + CardText.text(
            """
            # Policy of the run %s

            Tuned by `arete run` with %s, %s.
            %s

            """,
            run.name(),
            ppo.algorithm().name(),
            teacher(ppo),
            whole
                ? "A whole model, which transformers reads."
                : "An adapter in PEFT form; it includes the supervised fine-tuning before it.")
        + CardText.origin(origin, data, run.name())
        + numbers(found)
        + attacks(run.json("attack/summary.json"))
        + gates(run.json("gates.json"))
        + CardText.settings(run.recipe(), List.of("tuning", "seed", "sft", "ppo", tag))
        + limits(found);
  }

  /** What it has learned from. */
  private static String teacher(PpoSection ppo) {
    if (ppo.fromPairs()) {
      return "straight from the preference pairs, against no reward model";
    }
    return ppo.ensemble()
        .rule()
        .one()
        .map(facet -> "against the reward model of " + facet.wireName() + " alone")
        .orElse("against three reward models, of action, motivation and consequences");
  }

  private static String numbers(JsonNode found) {
    if (found.isMissingNode()) {
      return "## Numbers\n\nIt has not been evaluated.\n\n";
    }
    StringBuilder text = new StringBuilder("## Numbers\n\n");
    text.append(found.path("verdict").path("sentence").asText()).append("\n\n");
    text.append(
        CardText.text(
            """
            Scores of the run's own reward models, mean over %d prompts with %d samples each, on which no
            choice was made; intervals hold 95 %%. `evaluation.json` has all numbers.

            | score | base | tuned | difference | smallest that would show |
            |---|---|---|---|---|
            """,
            found.path("n").asInt(), found.path("samples").asInt()));
    for (Map.Entry<String, JsonNode> row : found.path("tuned_minus_base").properties()) {
      JsonNode means = found.path("outcomes").path(row.getKey());
      text.append(
          CardText.text(
              "| %s | %.3f | %.3f | %s | %.3f |\n",
              row.getKey(),
              means.path("base").asDouble(),
              means.path("tuned").asDouble(),
              CardText.interval(row.getValue(), "difference", "%+.3f"),
              row.getValue().path("smallest_detectable").asDouble()));
    }
    return text.append('\n').toString();
  }

  private static String attacks(JsonNode found) {
    if (!found.path("systems").isObject()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            "Share of harmful requests that were answered well, asked directly and under attack"
                + " (judged by "
                + found.path("judged_by").asText()
                + "):\n\n| system | direct | attacked |\n|---|---|---|\n");
    for (Map.Entry<String, JsonNode> row : found.path("systems").properties()) {
      text.append(
          CardText.text(
              "| %s | %s of %d | %s of %d |\n",
              row.getKey(),
              CardText.interval(row.getValue().path("direct"), "share", "%.3f"),
              row.getValue().path("direct").path("n").asInt(),
              CardText.interval(row.getValue().path("attacked"), "share", "%.3f"),
              row.getValue().path("attacked").path("n").asInt()));
    }
    return text.append('\n').toString();
  }

  private static String gates(JsonNode gates) {
    List<String> broken = CardText.brokenGates(gates);
    if (broken.isEmpty()) {
      return "All " + gates.path("gates").size() + " checks between the stages passed.\n\n";
    }
    return "Checks between the stages that did not pass:\n\n- "
        + String.join("\n- ", broken)
        + "\n\n";
  }

  private static String limits(JsonNode found) {
    String gain = found.path("verdict").path("word").asText("");
    return "## Limits\n\n"
        + (gain.equals("gain") ? "" : "- No gain over the base was shown.\n")
        + """
        - The scores are those of reward models that were trained on a labeler's preferences: what the
          labeler overrates, this model may have learned to do. They are no measure of virtue.
        - The numbers hold for prompts like those of the run. Other languages, subjects and longer talks
          were not tried.
        - What the base does wrong, this model can do, too. It has not been made safe, and refuses no
          more than the numbers above say.
        """;
  }
}
