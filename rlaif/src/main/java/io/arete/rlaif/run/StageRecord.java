package io.arete.rlaif.run;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a stage came.
 *
 * @param state where it stands
 * @param inputs what it was made from: a name for people, such as {@code recipe section reward},
 *     and a digest
 * @param reason why it stopped; empty otherwise
 */
public record StageRecord(State state, Map<String, String> inputs, String reason) {

  /** Where a stage stands. */
  public enum State {
    /** Nothing of it counts yet. */
    PENDING,
    /** Begun; it continues from its last checkpoint. */
    RUNNING,
    /** Complete. */
    DONE,
    /** Halted by a gate. */
    STOPPED
  }

  /** A stage that has not begun. */
  public static final StageRecord NOT_BEGUN = new StageRecord(State.PENDING, Map.of(), "");

  /** Copies the inputs, sorted by name. */
  public StageRecord {
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
  }
}
