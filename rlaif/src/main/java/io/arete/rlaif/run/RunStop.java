package io.arete.rlaif.run;

import com.fasterxml.jackson.databind.JsonNode;

/** When a gate stopped a run, in the same words wherever it is told. */
public final class RunStop {

  private RunStop() {}

  /**
   * What tables and pages call a run that a gate stopped, such as {@code stopped before ppo}.
   *
   * @param gates what gates.json says
   */
  public static String words(JsonNode gates) {
    for (JsonNode gate : gates.path("gates")) {
      boolean halted = gate.path("stops").asBoolean() && !gate.path("passed").asBoolean();
      if (halted && !gate.path("forced").asBoolean()) {
        return "stopped " + when(gate.path("when").asText());
      }
    }
    return "stopped";
  }

  /**
   * A time within a sentence.
   *
   * @param phase as gates.json names it
   */
  public static String when(String phase) {
    return phase.equals("verdict") ? "at the verdict" : phase;
  }
}
