package io.arete.world.language;

/** Whether a clause, or most of a reply, is good or bad. */
public enum Pole {
  GOOD,
  BAD;

  /** The other one. */
  public Pole other() {
    return this == GOOD ? BAD : GOOD;
  }
}
