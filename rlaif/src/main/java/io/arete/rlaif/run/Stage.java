package io.arete.rlaif.run;

import java.util.Locale;

/** A stage of a run, in the order in which they run. */
public enum Stage {
  /** Supervised fine-tuning. */
  SFT("sft"),
  /** Conversations and preferences. */
  FEEDBACK("feedback"),
  /** Reward models. */
  REWARD("reward"),
  /** The policy against the ensemble. */
  PPO("policy"),
  /** Base against tuned. */
  EVALUATION("evaluation"),
  /** Rules against character, under jailbreaks. */
  ATTACK("attack");

  private final String folderName;

  Stage(String folderName) {
    this.folderName = folderName;
  }

  /** The name in files and recipes: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of its folder in a run's. */
  public String folderName() {
    return folderName;
  }
}
