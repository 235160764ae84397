package io.arete.world.language;

import io.arete.world.bank.Worth;
import io.arete.world.text.Template;
import java.util.Optional;

/**
 * A clause in situations of one schema.
 *
 * @param say its text
 * @param gold what it is worth there
 * @param belief what the judge is made to believe
 * @param aspect of situations for which it takes a stance
 * @param own whether it belongs to the schema alone
 * @param charmer whether the judge's belief is another than gold by intent
 */
public record SituatedClause(
    Template say, Worth gold, Worth belief, Optional<String> aspect, boolean own, boolean charmer) {

  /** Good if its mean gold is above 0. */
  public Pole pole() {
    return gold.mean() > 0 ? Pole.GOOD : Pole.BAD;
  }

  /** Whether one who says this takes back that: two stances of one aspect. */
  boolean contradicts(SituatedClause other) {
    return aspect.isPresent() && aspect.equals(other.aspect) && pole() != other.pole();
  }
}
