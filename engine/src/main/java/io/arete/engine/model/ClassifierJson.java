package io.arete.engine.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What config.json says of a model that scores texts whole, in transformers' words. */
public final class ClassifierJson {

  /** How the names of such architectures end. */
  static final String ARCHITECTURE = "ForSequenceClassification";

  /** Name of the tensor that gives the score, {@code [1, hidden]}. */
  public static final String SCORE = "score.weight";

  private static final String LABELS = "num_labels";
  private static final String NAMES = "id2label";

  /** What transformers takes where nothing is said. */
  private static final int LABELS_OTHERWISE = 2;

  private ClassifierJson() {}

  /** How many numbers it gives for a text. */
  static int labels(JsonNode config) {
    JsonNode names = config.path(NAMES);
    return names.isObject() ? names.size() : config.path(LABELS).asInt(LABELS_OTHERWISE);
  }

  /**
   * Makes a language model's config.json that of one which gives a score.
   *
   * @param padding id that fills up short texts; the score is read before the first of them
   */
  public static void write(ObjectNode config, Family family, int padding) {
    config.putArray("architectures").add(family.className() + ARCHITECTURE);
    config.put(LABELS, 1);
    config.putObject(NAMES).put("0", "SCORE");
    config.putObject("label2id").put("SCORE", 0);
    config.put("pad_token_id", padding);
  }
}
