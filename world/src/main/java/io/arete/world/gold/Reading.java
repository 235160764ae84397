package io.arete.world.gold;

import io.arete.world.language.SituatedClause;
import java.util.List;

/**
 * What the parser found in a reply.
 *
 * @param clauses recognised ones, each once, in their order
 * @param recognisedWords words and marks that belong to them and to what holds them together
 * @param words all words and marks, and one for each full stop, opener or join that is missing
 * @param slots names, objects and places in the clauses
 * @param rightSlots those of them that are the situation's
 */
public record Reading(
    List<SituatedClause> clauses, int recognisedWords, int words, int slots, int rightSlots) {

  /** Copies the clauses. */
  public Reading {
    clauses = List.copyOf(clauses);
  }

  /** The share of the words that was recognised, 0 to 1. */
  public double recognised() {
    return (double) recognisedWords / words;
  }
}
