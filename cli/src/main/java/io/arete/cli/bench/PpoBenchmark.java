package io.arete.cli.bench;

import io.arete.engine.train.Backpropagation;
import java.util.function.Consumer;

/**
 * One PPO iteration of 16 replies of 48 tokens, with one reward model and two epochs: prompts of 32
 * tokens, 21 of which are a system text that all have, as chat templates add one; and the same with
 * prompts that have nothing in common. Then three turns, each scored by a reward model of its own,
 * as conversations of action, motivation and consequences are.
 */
final class PpoBenchmark implements Benchmark {

  private static final PpoIteration.Sizes SHARED = new PpoIteration.Sizes(16, 21, 32, 48, 2, 1);
  private static final PpoIteration.Sizes BARE = new PpoIteration.Sizes(16, 0, 32, 48, 2, 1);

  private static final int TURNS = 3;
  private static final PpoIteration.Sizes TALK = new PpoIteration.Sizes(16, 21, 32, 48, 2, TURNS);

  private final CriticForm critic;

  PpoBenchmark(CriticForm critic) {
    this.critic = critic;
  }

  @Override
  public void run(Subject subject, Consumer<Measure> found) {
    try (PpoSet set = new PpoSet(subject, Subject.STUDY_TARGETS, 1, critic)) {
      set.train();
      phases(subject, set, SHARED, "", "iteration: 16 replies of 48 tokens, two epochs", found);
      double bare = Stopwatch.seconds(iteration(subject, set, BARE)::run);
      found.accept(new Measure("ppo", "no system text: iteration", bare, "s"));
    }
    try (PpoSet set = new PpoSet(subject, Subject.STUDY_TARGETS, TURNS, critic)) {
      set.train();
      phases(subject, set, TALK, "three turns: ", "iteration, later replies of 32 tokens", found);
    }
  }

  private static void phases(
      Subject subject,
      PpoSet set,
      PpoIteration.Sizes sizes,
      String before,
      String all,
      Consumer<Measure> found) {
    PpoIteration iteration = iteration(subject, set, sizes);
    double seconds = Stopwatch.best(1, iteration::run);
    found.accept(new Measure("ppo", before + all, seconds, "s"));
    iteration
        .spent()
        .forEach(
            (phase, spent) -> {
              String what = before + phase.words();
              found.accept(new Measure("ppo", what, spent.seconds(), "s"));
              if (spent.gigaflops() > 0) {
                double share = 100 * spent.gigaflops() / spent.seconds() / subject.ceiling();
                found.accept(new Measure("ppo", what + ", share of the ceiling", share, "%"));
              }
            });
  }

  private static PpoIteration iteration(Subject subject, PpoSet set, PpoIteration.Sizes sizes) {
    return new PpoIteration(subject, set, sizes, Backpropagation.RECORDED);
  }
}
