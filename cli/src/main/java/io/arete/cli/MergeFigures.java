package io.arete.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * How a merged model differs from its base with the adapter.
 *
 * @param compared what of it
 * @param texts how many texts were read
 * @param tokens how many places in them; a beginning that texts share counts once
 * @param largest the largest absolute difference of a number that was compared
 * @param mean the mean absolute difference
 * @param changed share of places, or of pairs of texts, at which the models decide otherwise
 */
record MergeFigures(
    Compared compared, int texts, int tokens, double largest, double mean, double changed) {

  /** What models decide by. */
  enum Compared {
    /** Logits; the largest says which token comes next. */
    LOGITS("positions whose greedy token changes"),
    /** Scores; the larger says which of two texts is better. */
    SCORES("pairs of texts that change their order");

    private final String decisions;

    Compared(String decisions) {
      this.decisions = decisions;
    }
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("compared", noun());
    json.put("texts", texts);
    json.put("tokens", tokens);
    json.put("largest_difference", largest);
    json.put("mean_difference", mean);
    json.put("changed_share", changed);
    return json;
  }

  /** For people: the differences, and what they change. */
  String sentence() {
    return String.format(
        Locale.ROOT,
        "%s differ by %.3g at most and %.3g on average; %s: %.2f %% (%d texts, %d tokens)",
        noun(),
        largest,
        mean,
        compared.decisions,
        100 * changed,
        texts,
        tokens);
  }

  private String noun() {
    return compared.name().toLowerCase(Locale.ROOT);
  }
}
