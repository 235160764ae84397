package io.arete.rlaif.evaluation;

import java.util.Locale;

/** Who is evaluated. */
public enum TestedSystem {
  /** The plain base model. */
  BASE,
  /** The base after supervised fine-tuning: PPO's reference. */
  SFT,
  /** The policy after PPO. */
  TUNED;

  /** The name in files: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
