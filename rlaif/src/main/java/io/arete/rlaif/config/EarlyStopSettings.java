package io.arete.rlaif.config;

/**
 * When a reward model's training ends before its epochs do. What decides is the loss on train pairs
 * that it puts aside; the pairs that gates judge by are never asked.
 *
 * @param share of the train prompts whose pairs are put aside; 0 = no early stop
 * @param every steps between two readings of their loss
 * @param patience readings in a row without a better loss that end the training
 */
public record EarlyStopSettings(double share, int every, int patience) {

  /** Whether anything is put aside. */
  public boolean enabled() {
    return share > 0;
  }
}
