package io.arete.rlaif.data;

import java.util.Locale;

/** One of the three replies of a conversation, in the order in which they are given. */
public enum Facet {
  /** The reply to the prompt. */
  ACTION,
  /** The reply about the motive behind the action. */
  MOTIVATION,
  /** The reply about what the action leads to. */
  CONSEQUENCES;

  /** The name in files and recipes: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
