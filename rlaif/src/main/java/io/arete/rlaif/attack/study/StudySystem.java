package io.arete.rlaif.attack.study;

import io.arete.engine.AreteException;
import io.arete.rlaif.attack.method.Attack;
import io.arete.rlaif.attack.method.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is studied.
 *
 * @param name in files and reports
 * @param target who answers
 * @param attacks on that target, the same ones for every system
 */
public record StudySystem(String name, Target target, List<Attack> attacks) {

  /**
   * Copies the attacks.
   *
   * @throws AreteException if two have one name, by which their results are kept
   */
  public StudySystem {
    attacks = List.copyOf(attacks);
    Set<String> names = new HashSet<>();
    for (Attack attack : attacks) {
      if (!names.add(attack.name())) {
        throw new AreteException(
            "Two attacks are called "
                + attack.name()
                + ", and one's results would replace the other's; ask for an attack once, and give"
                + " a template another name.");
      }
    }
  }
}
