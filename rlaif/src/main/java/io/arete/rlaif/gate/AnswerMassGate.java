package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/** A labeler that puts its probability elsewhere than on the answers was not understood. */
public final class AnswerMassGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "answer-mass";

  private AnswerMassGate() {}

  /** Judges the mean probability of the answer tokens over the judged pairs. */
  public static GateResult of(Facet facet, double mass, long pairs, double low) {
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of("probability %.4f on the answers", mass),
        Text.of("at least %s", low),
        pairs,
        mass >= low,
        true,
        "the labeler wants to say something else than an answer",
        "change the judge's wording in the constitution, or take another judge (feedback.judge)");
  }
}
