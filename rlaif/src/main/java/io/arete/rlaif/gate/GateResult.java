package io.arete.rlaif.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What one gate found.
 *
 * @param name as {@code --force} takes it, such as {@code held-out-accuracy}
 * @param about which facet, and of a further set of reward models which, such as {@code action,
 *     seed-2}; empty if it is about the whole run
 * @param value what was found, for people
 * @param threshold what is asked, for people
 * @param n on how many pairs, replies or prompts
 * @param passed whether it is as it should be
 * @param stops whether a failure stops the run; else it warns
 * @param meaning what a failure means, one clause
 * @param remedy what to do then, one clause
 * @param told whether there was enough to judge; if not, nothing failed and {@code meaning} says
 *     why
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
    String remedy,
    boolean told) {

  /** What a gate can say. */
  public enum Outcome {
    /** All is as it should be. */
    PASSED,
    /** Something is wrong that does not stop a run. */
    WARNED,
    /** Something is wrong that stops a run. */
    STOPPED,
    /** There was not enough to judge. */
    CANNOT_TELL;

    /** As people read it. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** The result of a gate that had enough to judge. */
  public GateResult(
      String name,
      String about,
      String value,
      String threshold,
      long n,
      boolean passed,
      boolean stops,
      String meaning,
      String remedy) {
    this(name, about, value, threshold, n, passed, stops, meaning, remedy, true);
  }

  /**
   * The result of a gate that has not enough to judge.
   *
   * @param why one clause
   * @param remedy what would let it judge, one clause
   */
  static GateResult cannotTell(
      String name, String about, String threshold, long n, String why, String remedy) {
    return new GateResult(
        name, about, "cannot tell", threshold, n, true, false, why, remedy, false);
  }

  /** A gate that was given nothing to judge. */
  public static GateResult silent(String name, String why) {
    return cannotTell(name, "", "", 0, why, "");
  }

  /** What it says. */
  public Outcome outcome() {
    if (!told) {
      return Outcome.CANNOT_TELL;
    }
    if (passed) {
      return Outcome.PASSED;
    }
    return stops ? Outcome.STOPPED : Outcome.WARNED;
  }

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
    return new GateResult(
        name, about, value, threshold, n, passed, stops, meaning, otherRemedy, told);
  }

  /** The same result about one of several models of its facet; of the first, as it is. */
  GateResult of(String model) {
    return model.isEmpty()
        ? this
        : new GateResult(
            name, about + ", " + model, value, threshold, n, passed, stops, meaning, remedy, told);
  }

  /**
   * The same result where something else says that it need not stop a run: it warns at most.
   *
   * @param but what that is, one clause
   */
  public GateResult warningOnly(String but) {
    return new GateResult(
        name, about, value, threshold, n, passed, false, meaning + ", but " + but, remedy, told);
  }

  /** What did not pass and is gone past, as a sentence for people. */
  public String warning() {
    return "the gate "
        + title()
        + (halts() ? " was forced: " : " warns: ")
        + value
        + " but it should be "
        + threshold
        + "; "
        + meaning;
  }

  /** The line of gates.json. */
  public ObjectNode toJson(GatePhase phase, boolean forced) {
    return toJson(phase.wireName(), forced);
  }

  /**
   * The result as a row of a report.
   *
   * @param when it was looked at
   * @param forced whether its name was given to {@code --force}
   */
  public ObjectNode toJson(String when, boolean forced) {
    ObjectNode row = line(when, forced);
    return told ? row : row.put("cannot_tell", true);
  }

  private ObjectNode line(String when, boolean forced) {
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
        row.path("remedy").asText(),
        !row.path("cannot_tell").asBoolean());
  }
}
