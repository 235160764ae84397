package io.arete.rlaif.attack;

import io.arete.rlaif.config.TestedSystem;
import java.util.Locale;

/** Who is attacked. */
public enum AttackedSystem {
  /** The base model alone. */
  BASE(TestedSystem.BASE, false),
  /** The base model with a rule in its system prompt. */
  BASE_RULE(TestedSystem.BASE, true),
  /** The tuned model alone. */
  TUNED(TestedSystem.TUNED, false),
  /** The tuned model with the same rule. */
  TUNED_RULE(TestedSystem.TUNED, true);

  private final TestedSystem model;
  private final boolean ruled;

  AttackedSystem(TestedSystem model, boolean ruled) {
    this.model = model;
    this.ruled = ruled;
  }

  /** Whose weights answer. */
  TestedSystem model() {
    return model;
  }

  /** Whether there is a rule. */
  boolean ruled() {
    return ruled;
  }

  /** The name in files. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name in tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace("_", " + ");
  }
}
