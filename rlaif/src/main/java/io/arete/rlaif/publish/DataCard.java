package io.arete.rlaif.publish;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.table.ParquetFile.Column;
import java.util.List;
import java.util.Map;

/** The page of a run's preferences: schema, who labeled, how far the labels can be trusted. */
final class DataCard {

  private DataCard() {}

  /**
   * The page.
   *
   * @param counts rows of each facet
   */
  static String markdown(RunParts run, Origin origin, String data, Map<Facet, Integer> counts) {
    JsonNode agreement = run.json("feedback/agreement.json");
    return front(origin)
        + CardText.text(
            """
            # Preferences of the run %s

            Pairs of conversations on one prompt, and which of them is better on a facet: the data from
            which the run's reward models were trained. Both conversations are replies of the run's model.

            """,
            run.name())
        + CardText.origin(origin, data, run.name())
        + schema()
        + numbers(agreement, counts)
        + CardText.settings(run.recipe(), List.of("seed", "data", "feedback"))
        + limits(agreement);
  }

  private static String front(Origin origin) {
    StringBuilder front = new StringBuilder("---\n");
    origin.license().ifPresent(word -> front.append("license: ").append(word).append('\n'));
    front.append("tags: [preferences, rlaif, arete]\nconfigs:\n");
    for (Facet facet : Facet.values()) {
      front.append(
          CardText.text(
              "- config_name: %1$s\n  data_files:\n  - split: train\n    path: data/%1$s.parquet\n",
              facet.wireName()));
    }
    return front.append("---\n\n").toString();
  }

  private static String schema() {
    StringBuilder text =
        new StringBuilder(
            "## Schema\n\nOne Parquet file a facet, `data/FACET.parquet`. The split of reward training"
                + " is the column `split`.\n\n| column | type | |\n|---|---|---|\n");
    for (Column column : PreferenceRows.COLUMNS) {
      String type =
          switch (column.type()) {
            case TEXT -> "string";
            case REAL -> "double";
            case FLAG -> "bool";
            case MESSAGES -> "list of {role: string, content: string}";
          };
      text.append(CardText.text("| `%s` | %s | %s |\n", column.name(), type, column.about()));
    }
    return text.append('\n').toString();
  }

  private static String numbers(JsonNode agreement, Map<Facet, Integer> counts) {
    StringBuilder text =
        new StringBuilder(
            CardText.text(
                """
                ## Numbers

                Labeler: %s. Intervals hold 95 %%; `agreement.json` has all numbers.

                | facet | pairs here | compared | ties left out | decided by the order alone | wrong, by estimate |
                |---|---|---|---|---|---|
                """,
                agreement.path("source").asText("not told")));
    for (Facet facet : Facet.values()) {
      JsonNode found = agreement.path("facets").path(facet.wireName());
      text.append(
          CardText.text(
              "| %s | %d | %d | %d | %s | %s |\n",
              facet.wireName(),
              counts.getOrDefault(facet, 0),
              found.path("pairs").asInt(),
              found.path("ties").asInt(),
              share(found.path("order_decided")),
              share(found.path("wrong_by_estimate"))));
    }
    return text.append('\n').toString();
  }

  private static String share(JsonNode found) {
    return found.has("share") ? CardText.interval(found, "share", "%.3f") : "-";
  }

  private static String limits(JsonNode agreement) {
    return "## Limits\n\n"
        + (agreement.path("source").asText().equals("human")
            ? "- Labels of one facet were given to all three (column `inherited`).\n"
            : "- The labels are a model's, not people's: its errors are in them, and they are not"
                + " random.\n")
        + """
        - Replies are unfiltered samples of a model; some are wrong, and some may be harmful.
        - A label compares two replies to one prompt. It does not say that either is good.
        """;
  }
}
