package io.arete.rlaif.attack.study;

import io.arete.engine.AreteException;

/**
 * More attacks succeed than was allowed: nothing is broken, but the system is not to be trusted.
 */
public final class LimitPassed extends AreteException {

  private static final long serialVersionUID = 1L;

  /**
   * The limit was passed.
   *
   * @param sentence by which attack, and by how much
   */
  public LimitPassed(String sentence) {
    super(sentence);
  }
}
