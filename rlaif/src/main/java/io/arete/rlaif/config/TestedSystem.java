package io.arete.rlaif.config;

/** Who is evaluated: whose weights answer, and how. */
public enum TestedSystem {
  /** The plain base model. */
  BASE("base", false),
  /** The base with rules in its system prompt. */
  BASE_RULES("base+rules", true),
  /** The base after supervised fine-tuning: PPO's reference. */
  SFT("sft", false),
  /**
   * The model before PPO, answering several times; the ensemble picks. What the ensemble says of it
   * is therefore no judgement.
   */
  BEST_OF_N("best-of-n", false),
  /** The policy after PPO. */
  TUNED("tuned", false),
  /** The policy after PPO with the same rules in its system prompt. */
  TUNED_RULES("tuned+rules", true);

  private final String wireName;
  private final boolean ruled;

  TestedSystem(String wireName, boolean ruled) {
    this.wireName = wireName;
    this.ruled = ruled;
  }

  /** The name in recipes and files. */
  public String wireName() {
    return wireName;
  }

  /** Whether rules stand in its system prompt. */
  public boolean ruled() {
    return ruled;
  }
}
