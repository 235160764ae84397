package io.arete.cli.bench;

import io.arete.engine.train.Backpropagation;
import java.util.function.Consumer;

/**
 * One PPO iteration of 16 replies of 48 tokens, with one reward model and two epochs: prompts of 32
 * tokens, 21 of which are a system text that all have, as chat templates add one; and the same with
 * prompts that have nothing in common.
 */
final class PpoBenchmark implements Benchmark {

  private static final PpoIteration.Sizes SHARED = new PpoIteration.Sizes(16, 21, 32, 48, 2);
  private static final PpoIteration.Sizes BARE = new PpoIteration.Sizes(16, 0, 32, 48, 2);

  private final CriticForm critic;

  PpoBenchmark(CriticForm critic) {
    this.critic = critic;
  }

  @Override
  public void run(Subject subject, Consumer<Measure> found) {
    try (PpoSet set = new PpoSet(subject, Subject.STUDY_TARGETS, 1, critic)) {
      set.train();
      PpoIteration shared = iteration(subject, set, SHARED);
      double seconds = Stopwatch.best(1, shared::run);
      found.accept(
          new Measure("ppo", "iteration: 16 replies of 48 tokens, two epochs", seconds, "s"));
      shared
          .spent()
          .forEach(
              (phase, spent) -> {
                found.accept(new Measure("ppo", phase.words(), spent.seconds(), "s"));
                if (spent.gigaflops() > 0) {
                  double share = 100 * spent.gigaflops() / spent.seconds() / subject.ceiling();
                  found.accept(
                      new Measure("ppo", phase.words() + ", share of the ceiling", share, "%"));
                }
              });
      double bare = Stopwatch.seconds(iteration(subject, set, BARE)::run);
      found.accept(new Measure("ppo", "no system text: iteration", bare, "s"));
    }
  }

  private static PpoIteration iteration(Subject subject, PpoSet set, PpoIteration.Sizes sizes) {
    return new PpoIteration(subject, set, sizes, Backpropagation.RECORDED);
  }
}
