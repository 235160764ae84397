package io.arete.rlaif.config;

/**
 * How a model made from nothing learns.
 *
 * @param steps batches in all
 * @param tokensPerStep distinct tokens of a batch on average
 * @param learningRate after the warm-up
 * @param warmupSteps over which it rises from 0
 * @param constantShare of all steps until it falls
 * @param finalShare of the learning rate at the last step
 * @param beta2 of AdamW
 * @param weightDecay of AdamW
 * @param gradientClip largest norm
 * @param checkpointEvery steps between two checkpoints
 * @param lanes parts of a batch that are computed side by side; the result depends on it
 */
public record PretrainTraining(
    int steps,
    int tokensPerStep,
    double learningRate,
    int warmupSteps,
    double constantShare,
    double finalShare,
    double beta2,
    double weightDecay,
    double gradientClip,
    int checkpointEvery,
    int lanes) {

  static final KeyList KEYS = new KeyList("training", "How it learns: AdamW in float32");
  private static final Key<Integer> STEPS =
      KEYS.whole("steps", 8000, Range.of(1, 10_000_000), "", "batches in all");
  private static final Key<Integer> TOKENS_PER_STEP =
      KEYS.whole(
          "tokens_per_step",
          3200,
          Range.of(1, 1_000_000),
          "tokens",
          "distinct tokens of a batch on average: as many documents as have so many");
  private static final Key<Double> LEARNING_RATE =
      KEYS.real("learning_rate", 2e-3, Range.above(0, 1), "", "the highest learning rate");
  private static final Key<Integer> WARMUP_STEPS =
      KEYS.whole(
          "warmup_steps",
          100,
          Range.of(0, 10_000_000),
          "",
          "steps over which the learning rate rises from 0");
  private static final Key<Double> CONSTANT_SHARE =
      KEYS.real(
          "constant_share",
          0.5,
          Range.of(0, 1),
          "",
          "the share of all steps after which the learning rate begins to fall along a line");
  private static final Key<Double> FINAL_SHARE =
      KEYS.real(
          "final_share",
          0.03,
          Range.of(0, 1),
          "",
          "what the learning rate falls to, as a share of the highest");
  private static final Key<Double> BETA2 =
      KEYS.real(
          "beta2",
          0.98,
          Range.below(0, 1),
          "",
          "AdamW's memory of squared gradients; lower suits short training");
  private static final Key<Double> WEIGHT_DECAY =
      KEYS.real("weight_decay", 0.05, Range.of(0, 1), "", "AdamW's decoupled weight decay");
  private static final Key<Double> GRADIENT_CLIP = OptimizerKeys.gradientClip(KEYS);
  private static final Key<Integer> CHECKPOINT_EVERY =
      KEYS.whole("checkpoint_every", 200, Range.atLeast(1), "steps", "between two checkpoints");
  private static final Key<Integer> LANES =
      KEYS.whole(
          "lanes",
          2,
          Range.of(1, 1024),
          "",
          "threads that share out a batch; another number gives another rounding");

  static PretrainTraining read(Values values) {
    return new PretrainTraining(
        values.get(STEPS),
        values.get(TOKENS_PER_STEP),
        values.get(LEARNING_RATE),
        values.get(WARMUP_STEPS),
        values.get(CONSTANT_SHARE),
        values.get(FINAL_SHARE),
        values.get(BETA2),
        values.get(WEIGHT_DECAY),
        values.get(GRADIENT_CLIP),
        values.get(CHECKPOINT_EVERY),
        values.get(LANES));
  }
}
