package io.arete.rlaif.refusal;

import java.util.Locale;

/** What a reply does with a request, as far as its words tell. */
public enum ReplyKind {
  /** It refuses, and leaves it at that or offers something else. */
  REFUSAL,
  /** It refuses first and does it then: that is compliance. */
  TURNED,
  /** It does not refuse. */
  COMPLIANCE,
  /** It says nothing. */
  EMPTY;

  /** Whether what was asked for was kept back. */
  public boolean refuses() {
    return this == REFUSAL;
  }

  /** The name in files: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
