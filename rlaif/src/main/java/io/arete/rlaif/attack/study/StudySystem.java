package io.arete.rlaif.attack.study;

import io.arete.rlaif.attack.method.Attack;
import io.arete.rlaif.attack.method.Target;
import java.util.List;

/**
 * Who is studied.
 *
 * @param name in files and reports
 * @param target who answers
 * @param attacks on that target, the same ones for every system
 */
public record StudySystem(String name, Target target, List<Attack> attacks) {

  /** Copies the attacks. */
  public StudySystem {
    attacks = List.copyOf(attacks);
  }
}
