package io.arete.rlaif.extension;

/** What a reply is to a question that has a right answer. */
public enum PlainAnswer {
  /** The right answer. */
  RIGHT,
  /** A wrong one: it was tried. */
  WRONG,
  /** No answer at all. */
  NONE
}
