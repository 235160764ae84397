package io.arete.world.bank;

import java.util.Locale;

/** The two kinds of situations. */
public enum Kind {
  /** A person asks what to do. */
  DILEMMA,
  /** A person asks for help with something harmful that looks harmless. */
  HARM;

  /** The name in banks: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
