package io.arete.world.gold;

import io.arete.world.language.SituatedClause;
import io.arete.world.text.Template;

/**
 * A clause found in a reply.
 *
 * @param clause which one
 * @param start its first word's place
 * @param before how many words before it belong to it: its opener or join
 * @param match where it ends, and its fillings
 */
record FoundClause(SituatedClause clause, int start, int before, Template.Match match) {

  /** The same with so many words before it that hold it. */
  FoundClause heldBy(int words) {
    return new FoundClause(clause, start, words, match);
  }
}
