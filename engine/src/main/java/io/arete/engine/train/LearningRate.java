package io.arete.engine.train;

/** How the learning rate changes over a run: up along a warm-up, then by a rule. */
public sealed interface LearningRate {

  /**
   * The rate of one step.
   *
   * @param step 0 for the first step
   */
  double at(long step);

  /**
   * Constant after the warm-up.
   *
   * @param peak rate after the warm-up
   * @param warmup steps of linear rise
   */
  record Constant(double peak, long warmup) implements LearningRate {
    @Override
    public double at(long step) {
      return peak * rise(step, warmup);
    }
  }

  /** Linear from the peak to 0 at {@code total} steps. */
  record Linear(double peak, long warmup, long total) implements LearningRate {
    @Override
    public double at(long step) {
      return peak * Math.min(rise(step, warmup), 1 - progress(step, warmup, total));
    }
  }

  /** Half a cosine from the peak to 0 at {@code total} steps. */
  record Cosine(double peak, long warmup, long total) implements LearningRate {
    @Override
    public double at(long step) {
      double fall = (1 + Math.cos(Math.PI * progress(step, warmup, total))) / 2;
      return peak * Math.min(rise(step, warmup), fall);
    }
  }

  /**
   * Constant after the warm-up, then linear.
   *
   * @param peak rate after the warm-up
   * @param warmup steps of linear rise
   * @param fallFrom first step of the fall
   * @param total steps in all
   * @param last share of the peak that it falls to, 0 to 1
   */
  record ConstantThenLinear(double peak, long warmup, long fallFrom, long total, double last)
      implements LearningRate {
    @Override
    public double at(long step) {
      double fall = 1 - (1 - last) * progress(step, fallFrom, total);
      return peak * Math.min(rise(step, warmup), fall);
    }
  }

  private static double rise(long step, long warmup) {
    return step < warmup ? (step + 1.0) / (warmup + 1.0) : 1;
  }

  private static double progress(long step, long warmup, long total) {
    if (step < warmup) {
      return 0;
    }
    return Math.min(1, (double) (step - warmup) / Math.max(1, total - warmup));
  }
}
