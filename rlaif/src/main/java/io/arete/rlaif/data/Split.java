package io.arete.rlaif.data;

import java.util.Locale;

/** What a prompt may be used for. */
public enum Split {
  /** To train on. */
  TRAIN,
  /** To select checkpoints and drive gates. */
  WATCH,
  /** To be looked at once, at the end. */
  VERDICT;

  /** The name in files: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
