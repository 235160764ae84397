package io.arete.world.language;

import io.arete.world.bank.Worth;
import java.util.List;

/**
 * A reply and what it was made of.
 *
 * @param text the words
 * @param clauses in their order
 */
public record ComposedReply(String text, List<SituatedClause> clauses) {

  /** Copies the clauses. */
  public ComposedReply {
    clauses = List.copyOf(clauses);
  }

  /** The mean gold of its clauses. */
  public Worth gold() {
    return Worth.mean(clauses.stream().map(SituatedClause::gold).toList());
  }
}
