package io.arete.world.language;

import io.arete.world.bank.Kind;
import io.arete.world.bank.Schema;

/** What prompts are about, and whether fine-tuning, feedback and PPO may see them. */
public enum PromptKind {
  DILEMMA(Kind.DILEMMA, true),
  HARM(Kind.HARM, true),
  /** Dilemmas that only the base model has seen. */
  HELD_OUT_DILEMMA(Kind.DILEMMA, false),
  /** Harmful requests of a kind that only the base model has seen. */
  HELD_OUT_HARM(Kind.HARM, false);

  private final Kind kind;
  private final boolean taught;

  PromptKind(Kind kind, boolean taught) {
    this.kind = kind;
    this.taught = taught;
  }

  /** Whether prompts of that schema are of this kind. */
  public boolean holds(Schema schema) {
    return schema.kind() == kind && schema.taught() == taught;
  }
}
