package io.arete.rlaif.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Pieces of cards: the header that hubs read, numbers, a recipe's settings. */
final class CardText {

  private static final Pattern ABSOLUTE =
      Pattern.compile("\"(?:/|[A-Za-z]:[\\\\/])(?:[^\"]*[\\\\/])?([^\"\\\\/]*)\"");

  private CardText() {}

  /**
   * The header of a model's card.
   *
   * @param data the data set's name on the hub
   * @param whole whether it is a whole model, not an adapter
   */
  static String front(Origin origin, String data, boolean whole, String task, String tag) {
    StringBuilder front = new StringBuilder("---\n");
    origin.license().ifPresent(word -> front.append("license: ").append(word).append('\n'));
    origin
        .hub()
        .ifPresent(
            name ->
                front
                    .append("base_model: ")
                    .append(name)
                    .append("\nbase_model_relation: ")
                    .append(whole ? "finetune" : "adapter")
                    .append('\n'));
    return front
        .append("datasets: [")
        .append(data)
        .append("]\nlibrary_name: ")
        .append(whole ? "transformers" : "peft")
        .append("\npipeline_tag: ")
        .append(task)
        .append("\ntags: [")
        .append(tag)
        .append(", rlaif, arete]\n---\n\n")
        .toString();
  }

  /** Where all of a run's repositories come from. */
  static String origin(Origin origin, String data, String run) {
    return text(
        """
        ## Where it comes from

        | | |
        |---|---|
        | base | `%s` |
        | licence | %s |
        | data | `%s` |
        | run | `%s`, by Arete %s |

        """,
        origin.name(), origin.licenseText(), data, run, version());
  }

  /** The settings of some sections, as the recipe has them, without its comments. */
  static String settings(String recipe, List<String> sections) {
    StringBuilder kept = new StringBuilder();
    boolean inside = false;
    for (String line : recipe.lines().toList()) {
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      if (!line.startsWith(" ")) {
        inside = sections.contains(line.replaceFirst(":.*", ""));
      }
      if (inside) {
        kept.append(line).append('\n');
      }
    }
    return "## Settings\n\nThe whole recipe is `recipe.yaml`.\n\n```yaml\n" + kept + "```\n\n";
  }

  /** A recipe in which files are named without the folders of this machine. */
  static String withoutFolders(String recipe) {
    return ABSOLUTE.matcher(recipe).replaceAll("\"$1\"");
  }

  /** Gates that did not pass or were overridden; empty if all passed. */
  static List<String> brokenGates(JsonNode gates) {
    List<String> broken = new ArrayList<>();
    for (JsonNode gate : gates.path("gates")) {
      if (!gate.path("passed").asBoolean(true) || gate.path("forced").asBoolean()) {
        broken.add(
            "%s %s (%s): %s%s"
                .formatted(
                    gate.path("name").asText(),
                    gate.path("about").asText(),
                    gate.path("when").asText(),
                    gate.path("value").asText(),
                    gate.path("forced").asBoolean() ? "; forced" : ""));
      }
    }
    return broken;
  }

  /** A number with its interval, of an object with low and high. */
  static String interval(JsonNode row, String name, String form) {
    return text(
        form + " (" + form + " to " + form + ")",
        row.path(name).asDouble(),
        row.path("low").asDouble(),
        row.path("high").asDouble());
  }

  static String text(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static String version() {
    return Optional.ofNullable(CardText.class.getPackage().getImplementationVersion())
        .orElse("from its sources");
  }
}
