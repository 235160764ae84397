package io.arete.rlaif.data;

import java.util.Optional;

/**
 * A comparison with its answer, which a judge is shown before the question.
 *
 * @param facet on which it is shown; empty for all
 * @param virtue that it asks about, one of the constitution's
 * @param prompt what was asked
 * @param first the text of assistant A
 * @param second the text of assistant B
 * @param saysFirst whether the first is better
 * @param reasoning what the judge wrote before its answer; given if and only if the constitution
 *     asks for reasoning
 */
public record JudgeExample(
    Optional<Facet> facet,
    Virtue virtue,
    String prompt,
    String first,
    String second,
    boolean saysFirst,
    Optional<String> reasoning) {

  /** Whether it is shown before questions on that facet. */
  public boolean shownFor(Facet asked) {
    return facet.isEmpty() || facet.get() == asked;
  }
}
