package io.arete.rlaif.ppo;

import io.arete.engine.adapter.StackedModel;
import java.util.List;

/**
 * Looks on while PPO runs. It may throw to stop the run: nothing of the iteration is kept then, and
 * the run would continue from its last checkpoint.
 */
public interface PpoWatch {

  /** Looks at nothing. */
  PpoWatch NONE =
      new PpoWatch() {
        @Override
        public void beforeFirstStep(RoundHealth health) {}

        @Override
        public void afterIteration(IterationHealth health) {}
      };

  /**
   * A round begins; nothing of it is sampled.
   *
   * @param iteration from 1
   * @param policy as it is now, borrowed
   * @param reference what it began as, borrowed
   */
  default void beforeRound(long iteration, StackedModel policy, StackedModel reference) {}

  /** A round is sampled and read, its first gradient is collected, and no weight has moved. */
  void beforeFirstStep(RoundHealth health);

  /**
   * The policy was looked at.
   *
   * @param looks of the run so far, this one last
   */
  default void afterLook(List<PolicyLook> looks) {}

  /** The round's update is done. */
  void afterIteration(IterationHealth health);
}
