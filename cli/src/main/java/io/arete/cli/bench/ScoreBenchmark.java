package io.arete.cli.bench;

import io.arete.engine.adapter.ScoringModel;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.JointReading;
import io.arete.engine.model.JointReading.Reading;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.train.ScalarReadout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Scoring conversations by three reward models, each a stack of its own: one stack after the other,
 * and all side by side. At most 2,048 tokens are computed at a time, as in a run.
 */
final class ScoreBenchmark implements Benchmark {

  private static final int[] CONVERSATIONS = {4, 16, 96};
  private static final int REWARD_MODELS = 3;
  private static final int TOKENS = 40;
  private static final int TOKENS_PER_PASS = 2048;
  private static final int RUNS = 3;

  @Override
  public void run(Subject subject, Consumer<Measure> found) {
    try (PpoSet set = new PpoSet(subject, Subject.STUDY_TARGETS, REWARD_MODELS, CriticForm.OWN)) {
      for (int conversations : CONVERSATIONS) {
        List<int[]> texts = new ArrayList<>();
        for (int i = 0; i < conversations; i++) {
          texts.add(subject.ids(TOKENS, "score", i));
        }
        String name = conversations + " of " + TOKENS + " tokens, three stacks";
        double apart = Stopwatch.best(RUNS, () -> apart(subject, set, texts));
        double together = Stopwatch.best(RUNS, () -> together(subject, set, texts));
        show(name + ", one by one", conversations / apart, "a second", found);
        show(name + ", side by side", conversations / together, "a second", found);
        double work = REWARD_MODELS * subject.forwardGigaflops(Forest.of(texts));
        double share = 100 * work / together / subject.ceiling();
        show(name + ", share of the ceiling", share, "%", found);
      }
    }
  }

  private static void show(String what, double value, String unit, Consumer<Measure> found) {
    found.accept(new Measure("score", what, value, unit));
  }

  /** Each stack by itself, in passes as long as they may be. */
  private static void apart(Subject subject, PpoSet set, List<int[]> texts) {
    for (ScoringModel reward : set.rewards()) {
      passes(texts, TOKENS_PER_PASS / TOKENS)
          .forEach(pass -> score(subject, List.of(reward), Forest.of(pass)));
    }
  }

  /** The bound holds for all stacks together. */
  private static void together(Subject subject, PpoSet set, List<int[]> texts) {
    passes(texts, TOKENS_PER_PASS / TOKENS / REWARD_MODELS)
        .forEach(pass -> score(subject, set.rewards(), Forest.of(pass)));
  }

  private static List<List<int[]>> passes(List<int[]> texts, int most) {
    List<List<int[]>> passes = new ArrayList<>();
    for (int first = 0; first < texts.size(); first += most) {
      passes.add(texts.subList(first, Math.min(texts.size(), first + most)));
    }
    return passes;
  }

  private static void score(Subject subject, List<ScoringModel> rewards, Forest forest) {
    int[] ends = new int[forest.sequences()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = forest.end(i);
    }
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      var hidden =
          JointReading.read(
              subject.model(),
              rewards.stream()
                  .map(reward -> new Reading(forest, reward.model().adapters()))
                  .toList());
      for (int i = 0; i < rewards.size(); i++) {
        new ScalarReadout(subject.model(), rewards.get(i).head()).read(hidden.get(i), ends);
      }
    }
  }
}
