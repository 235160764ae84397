package io.arete.rlaif.config;

/**
 * DPO: the policy learns from the preference pairs, with no reward model and no rollouts between.
 * Its adapter is the one of {@link PpoSection#lora}, and {@link PpoSection#trainTurns} says which
 * replies it learns.
 *
 * @param beta what holds the policy to its reference
 * @param epochs passes over the pairs
 * @param batchSize pairs of one step
 * @param tokensPerPass tokens of one forward and backward pass
 * @param optimizer how the weights move
 * @param checkpointEvery steps between two checkpoints
 */
public record DpoSection(
    double beta,
    int epochs,
    int batchSize,
    int tokensPerPass,
    OptimizerSettings optimizer,
    int checkpointEvery) {

  static final KeyList KEYS =
      new KeyList("dpo", "DPO straight from the preference pairs, where ppo.algorithm is dpo");
  private static final Key<Double> BETA =
      KEYS.real(
          "beta",
          0.1,
          Range.above(0, 100),
          "",
          "what holds the policy to its reference: the larger, the less it moves for a pair");
  private static final Key<Integer> EPOCHS = TrainingKeys.epochs(KEYS);
  private static final Key<Integer> BATCH_SIZE = TrainingKeys.batchSize(KEYS, "pairs");
  private static final Key<Integer> TOKENS_PER_PASS = TrainingKeys.tokensPerPass(KEYS);
  private static final OptimizerKeys OPTIMIZER = OptimizerKeys.declare(KEYS, 1e-4);
  private static final Key<Integer> CHECKPOINT_EVERY =
      TrainingKeys.checkpointEvery(KEYS, 10, "steps");

  static DpoSection read(Values values) {
    return new DpoSection(
        values.get(BETA),
        values.get(EPOCHS),
        values.get(BATCH_SIZE),
        values.get(TOKENS_PER_PASS),
        OPTIMIZER.read(values),
        values.get(CHECKPOINT_EVERY));
  }
}
