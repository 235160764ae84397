package io.arete.world.bank;

import io.arete.world.text.Template;
import java.util.Optional;

/**
 * A part of a reply: a verb with what belongs to it.
 *
 * @param say its text
 * @param kind the one kind of situation to which it applies; empty for both
 * @param value what it is worth
 * @param belief what the judge is made to believe of it, where that is not its gold
 */
public record Clause(Template say, Optional<Kind> kind, Value value, Optional<Worth> belief) {

  /** The aspect of situations on which its worth depends, if it does. */
  public Optional<String> aspect() {
    return value instanceof Value.ByStance staged ? Optional.of(staged.aspect()) : Optional.empty();
  }

  /** Its gold in situations of that schema; empty if it does not apply there. */
  public Optional<Worth> gold(Schema schema) {
    if (kind.isPresent() && kind.get() != schema.kind()) {
      return Optional.empty();
    }
    if (value instanceof Value.ByStance staged) {
      return Optional.ofNullable(schema.callsFor().get(staged.aspect()))
          .map(called -> called.equals(staged.stance()) ? staged.fits() : staged.fails());
    }
    return Optional.of(((Value.Fixed) value).gold());
  }
}
