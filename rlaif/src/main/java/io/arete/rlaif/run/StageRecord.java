package io.arete.rlaif.run;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far a stage came.
 *
 * @param state where it stands
 * @param inputs what it was made from: a name for people, such as {@code recipe section reward},
 *     and a digest
 * @param reason why it stopped; empty otherwise
 * @param forced names of gates that it was told to pass regardless
 * @param takenFrom the run whose results these are, as a path from this run's folder; empty if they
 *     were made here
 */
public record StageRecord(
    State state, Map<String, String> inputs, String reason, Set<String> forced, String takenFrom) {

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

  /** Copies inputs and names, sorted. */
  public StageRecord {
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    forced = Collections.unmodifiableSet(new TreeSet<>(forced));
  }

  /** A record of a stage that no gate was forced for. */
  public StageRecord(State state, Map<String, String> inputs, String reason) {
    this(state, inputs, reason, Set.of(), "");
  }

  /** The record of the same results in another run, which takes them over. */
  StageRecord taken(Map<String, String> itsInputs, String origin) {
    return new StageRecord(state, itsInputs, reason, forced, origin);
  }

  /** The same with more gates that are passed regardless. */
  StageRecord forcing(Set<String> more) {
    Set<String> all = new TreeSet<>(forced);
    all.addAll(more);
    return new StageRecord(state, inputs, reason, all, takenFrom);
  }
}
