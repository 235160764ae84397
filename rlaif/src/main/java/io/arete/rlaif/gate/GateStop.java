package io.arete.rlaif.gate;

import io.arete.engine.AreteException;
import io.arete.rlaif.run.RunStop;

/** A gate halted the run: nothing is broken, but going on would waste time. */
public final class GateStop extends AreteException {

  private static final long serialVersionUID = 1L;

  /** Halts because of that result. */
  public GateStop(GatePhase phase, GateResult result) {
    this("the run " + RunStop.when(phase.wireName()), result);
  }

  /**
   * Halts other work because of that result.
   *
   * @param what is halted, and when, such as {@code the run before ppo}
   */
  public GateStop(String what, GateResult result) {
    super(sentence(what, result));
  }

  /** Tells of one or several halts in a sentence of its own. */
  public GateStop(String sentence) {
    super(sentence);
  }

  private static String sentence(String what, GateResult result) {
    return "The gate "
        + result.title()
        + " stopped "
        + what
        + ": "
        + result.value()
        + " but it must be "
        + result.threshold()
        + " (n = "
        + result.n()
        + "); "
        + result.meaning()
        + "; "
        + result.remedy()
        + ", or go on regardless with --force "
        + result.name()
        + ".";
  }
}
