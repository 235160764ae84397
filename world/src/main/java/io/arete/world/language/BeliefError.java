package io.arete.world.language;

import io.arete.engine.CountedRandom;
import io.arete.world.bank.BeliefNumbers;
import io.arete.world.bank.Clause;
import io.arete.world.bank.Worth;

/**
 * The judge's systematic error: belief = value + N(0, clauseSd) + N(0, virtueSd), cut to −1 … 1.
 * Both errors are keyed by the clause's text alone: a clause is misjudged in the same way each time
 * and in every situation. Errors that were drawn anew would average out, and nothing could be
 * learnt from them that is wrong.
 */
final class BeliefError {

  private final BeliefNumbers numbers;

  BeliefError(BeliefNumbers numbers) {
    this.numbers = numbers;
  }

  /** What is believed of a clause of that value. */
  Worth believed(Clause clause, Worth value) {
    CountedRandom key = CountedRandom.of(numbers.seed()).at("belief").at(clause.say().text());
    double shared = numbers.clauseSd() * key.gaussian(0);
    return Worth.of(
        virtue -> {
          double own = numbers.virtueSd() * key.at(virtue.wireName()).gaussian(0);
          return Math.max(-1, Math.min(1, value.of(virtue) + shared + own));
        });
  }
}
