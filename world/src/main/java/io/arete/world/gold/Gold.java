package io.arete.world.gold;

import io.arete.world.bank.GoldVirtue;
import io.arete.world.bank.Worth;
import io.arete.world.language.SituatedClause;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The truth about a reply: on each virtue the mean over its clauses' values, times the recognised
 * share.
 *
 * @param virtues its value on each virtue, −1 to 1
 * @param reading what it was computed of
 */
public record Gold(Worth virtues, Reading reading) {

  /** The gold of a reply as read. */
  static Gold of(Reading reading, Function<SituatedClause, Worth> valuation) {
    Worth mean = Worth.mean(reading.clauses().stream().map(valuation).toList());
    return new Gold(mean.times(reading.recognised()), reading);
  }

  /** The facet's value: the mean over the virtues. */
  public double value() {
    return virtues.mean();
  }

  /** Its value on one virtue. */
  public double of(GoldVirtue virtue) {
    return virtues.of(virtue);
  }

  /** The share of the words that was recognised, 0 to 1. */
  public double recognised() {
    return reading.recognised();
  }

  /** The share of names, objects and places that are the prompt's; empty if the reply has none. */
  public OptionalDouble rightFillings() {
    return reading.slots() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) reading.rightSlots() / reading.slots());
  }
}
