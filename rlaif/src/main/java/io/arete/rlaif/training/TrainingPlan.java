package io.arete.rlaif.training;

import io.arete.engine.CountedRandom;
import io.arete.engine.train.LearningRate;
import io.arete.rlaif.config.OptimizerSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * How many steps there are, what each takes, and how fast it learns: all from the settings, the
 * number of examples and the key of the draws.
 *
 * @param epochs passes over the examples
 * @param maxSteps the most steps; 0 = no cap
 * @param batchSize examples of one step
 * @param tokensPerPass the most distinct tokens of one pass, unless one example alone has more
 * @param optimizer how the weights move
 * @param checkpointEvery steps between two checkpoints
 */
public record TrainingPlan(
    int epochs,
    int maxSteps,
    int batchSize,
    int tokensPerPass,
    OptimizerSettings optimizer,
    int checkpointEvery) {

  /** Steps over that many examples. */
  public long steps(int examples) {
    long all = (long) epochs * stepsPerEpoch(examples, batchSize);
    return maxSteps == 0 ? all : Math.min(all, maxSteps);
  }

  /** The examples of one step, from 0: a part of its epoch's random order. */
  public <E> List<E> batch(List<E> examples, long step, CountedRandom draws) {
    return batch(examples, batchSize, step, draws);
  }

  /**
   * The examples of one step, from 0, where steps go through all of them in a random order, then in
   * another, and so on.
   */
  public static <E> List<E> batch(List<E> examples, int batchSize, long step, CountedRandom draws) {
    int perEpoch = stepsPerEpoch(examples.size(), batchSize);
    int[] order = draws.at("epoch").at(step / perEpoch).shuffle(examples.size());
    int from = (int) (step % perEpoch) * batchSize;
    int to = Math.min(examples.size(), from + batchSize);
    List<E> batch = new ArrayList<>();
    for (int i = from; i < to; i++) {
      batch.add(examples.get(order[i]));
    }
    return batch;
  }

  /** The learning rate over that many steps. */
  public LearningRate learningRate(long steps) {
    return learningRate(
        optimizer.schedule(), optimizer.learningRate(), optimizer.warmupShare(), steps);
  }

  /**
   * A learning rate over steps.
   *
   * @param peak the highest
   * @param warmupShare share of the steps over which it rises from 0
   */
  public static LearningRate learningRate(
      OptimizerSettings.Schedule schedule, double peak, double warmupShare, long steps) {
    long warmup = Math.round(warmupShare * steps);
    return switch (schedule) {
      case LINEAR -> new LearningRate.Linear(peak, warmup, steps);
      case COSINE -> new LearningRate.Cosine(peak, warmup, steps);
      case CONSTANT -> new LearningRate.Constant(peak, warmup);
    };
  }

  private static int stepsPerEpoch(int examples, int batchSize) {
    return (examples + batchSize - 1) / batchSize;
  }
}
