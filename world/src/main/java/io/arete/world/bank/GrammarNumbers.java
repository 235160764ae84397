package io.arete.world.bank;

import java.util.List;

/**
 * How replies are drawn, all shares from 0 to 1.
 *
 * @param lengths share of the replies with one, two, … clauses
 * @param offPole share of the clauses that are of the other pole
 * @param keepPole share of the motivations and consequences that have the action's pole
 * @param ownAction share of the action clauses that are the schema's own
 */
public record GrammarNumbers(
    List<Double> lengths, double offPole, double keepPole, double ownAction) {

  /** Copies the lengths. */
  public GrammarNumbers {
    lengths = List.copyOf(lengths);
  }

  /** The most clauses of a reply. */
  public int longest() {
    return lengths.size();
  }
}
