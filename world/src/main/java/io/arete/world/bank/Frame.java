package io.arete.world.bank;

import java.util.List;

/**
 * What holds the clauses of a reply together.
 *
 * @param openers what a reply begins with, such as "I would"
 * @param joins what stands between two clauses, with its blanks, such as " and"
 */
public record Frame(List<String> openers, List<String> joins) {

  /** Copies both. */
  public Frame {
    openers = List.copyOf(openers);
    joins = List.copyOf(joins);
  }
}
