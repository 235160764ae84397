package io.arete.rlaif.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What one gate found.
 *
 * @param name as {@code --force} takes it, such as {@code held-out-accuracy}
 * @param about which facet; empty if it is about the whole run
 * @param value what was found, for people
 * @param threshold what is asked, for people
 * @param n on how many pairs, replies or prompts
 * @param passed whether it is as it should be
 * @param stops whether a failure stops the run; else it warns
 * @param meaning what a failure means, one clause
 * @param remedy what to do then, one clause
 */
public record GateResult(
    String name,
    String about,
    String value,
    String threshold,
    long n,
    boolean passed,
    boolean stops,
    String meaning,
    String remedy) {

  /** Whether it halts a run that does not force it. */
  public boolean halts() {
    return stops && !passed;
  }

  /** The name with what it is about. */
  public String title() {
    return about.isEmpty() ? name : name + " (" + about + ")";
  }

  /** The same result with another remedy, where a failure is mended elsewhere. */
  public GateResult mendedBy(String otherRemedy) {
    return new GateResult(name, about, value, threshold, n, passed, stops, meaning, otherRemedy);
  }

  ObjectNode toJson(GatePhase phase, boolean forced) {
    return toJson(phase.wireName(), forced);
  }

  /**
   * The result as a row of a report.
   *
   * @param when it was looked at
   * @param forced whether its name was given to {@code --force}
   */
  public ObjectNode toJson(String when, boolean forced) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("when", when)
        .put("name", name)
        .put("about", about)
        .put("value", value)
        .put("threshold", threshold)
        .put("n", n)
        .put("passed", passed)
        .put("stops", stops)
        .put("forced", forced && halts())
        .put("meaning", meaning)
        .put("remedy", remedy);
  }

  /** The result of a line of gates.json. */
  public static GateResult ofJson(JsonNode row) {
    return new GateResult(
        row.path("name").asText(),
        row.path("about").asText(),
        row.path("value").asText(),
        row.path("threshold").asText(),
        row.path("n").asLong(),
        row.path("passed").asBoolean(),
        row.path("stops").asBoolean(),
        row.path("meaning").asText(),
        row.path("remedy").asText());
  }
}
