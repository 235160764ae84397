package io.arete.rlaif.gate;

import io.arete.rlaif.run.Stage;
import java.util.Locale;

/** When gates are looked at. */
public enum GatePhase {
  /** The labeler is compared with people or the truth, and has labelled nothing yet. */
  BEFORE_FEEDBACK(Stage.FEEDBACK),
  /** The feedback is there, and no reward model is trained yet. */
  BEFORE_REWARD(Stage.REWARD),
  /** The reward models are there. */
  BEFORE_PPO(Stage.PPO),
  /** While PPO runs. */
  DURING_PPO(Stage.PPO),
  /** The evaluation is done. */
  VERDICT(Stage.EVALUATION);

  private final Stage stage;

  GatePhase(Stage stage) {
    this.stage = stage;
  }

  /** The stage that is not begun, or halted, if a gate of this phase stops. */
  public Stage stage() {
    return stage;
  }

  /** The name in files, such as {@code before ppo}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
