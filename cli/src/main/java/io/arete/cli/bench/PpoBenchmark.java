package io.arete.cli.bench;

import io.arete.engine.nn.Projection;
import io.arete.engine.train.Backpropagation;
import java.util.Set;
import java.util.function.Consumer;

/** One PPO iteration of 16 replies of 48 tokens, with one reward model and two epochs. */
final class PpoBenchmark implements Benchmark {

  private static final PpoIteration.Sizes SIZES = new PpoIteration.Sizes(16, 32, 48, 2);

  private final CriticForm critic;

  PpoBenchmark(CriticForm critic) {
    this.critic = critic;
  }

  @Override
  public void run(Subject subject, Consumer<Measure> found) {
    Set<Projection> targets = Subject.STUDY_TARGETS;
    try (PpoSet set = new PpoSet(subject, targets, 1, critic)) {
      set.train();
      PpoIteration iteration = new PpoIteration(subject, set, SIZES, Backpropagation.RECORDED);
      double seconds = Stopwatch.best(1, iteration::run);
      found.accept(
          new Measure("ppo", "iteration: 16 replies of 48 tokens, two epochs", seconds, "s"));
      found.accept(
          new Measure("ppo", "share of the iteration spent generating", iteration.share(), "%"));
    }
  }
}
