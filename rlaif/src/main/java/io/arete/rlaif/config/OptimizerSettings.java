package io.arete.rlaif.config;

/**
 * How weights are moved: AdamW, a learning-rate schedule, a cap on the gradient.
 *
 * @param learningRate the highest learning rate
 * @param schedule what the learning rate does after its warm-up
 * @param warmupShare share of all steps over which the learning rate rises from 0
 * @param weightDecay AdamW's decoupled decay
 * @param gradientClip the largest global norm of the gradient
 */
public record OptimizerSettings(
    double learningRate,
    Schedule schedule,
    double warmupShare,
    double weightDecay,
    double gradientClip) {

  /** What the learning rate does after its warm-up. */
  public enum Schedule {
    /** Falls to 0 along a line. */
    LINEAR,
    /** Falls to 0 along half a cosine. */
    COSINE,
    /** Stays. */
    CONSTANT
  }
}
