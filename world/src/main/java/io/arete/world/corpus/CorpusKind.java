package io.arete.world.corpus;

import java.util.Locale;

/** What a document of the corpus teaches. */
public enum CorpusKind {
  /** Talks: action, mostly with motivation and consequences. */
  CONVERSATION,
  /** Which of two is better on a virtue. */
  JUDGE,
  /** How much of a virtue a reply shows. */
  RATING,
  /** Plain questions. */
  PLAIN,
  /** What is wrong with an answer, and a better one. */
  REVISION;

  /** The name in the bank: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
