package io.arete.cli.bench;

import io.arete.engine.forest.Forest;
import io.arete.engine.train.Backpropagation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Training a reward model on pairs of at most 100 tokens: a system text that all have, as chat
 * templates add one, then a prompt and a reply of equal length; and the same without a system text.
 */
final class TrainBenchmark implements Benchmark {

  private static final int PAIRS = 16;
  private static final int LONGEST = 100;

  /** As many as the template of SmolLM2-135M-Instruct adds. */
  private static final int SYSTEM_TOKENS = 21;

  /** A shortest text has so many tokens less than a longest one in prompt and in reply. */
  private static final int SPREAD = 20;

  private static final int RUNS = 3;

  @Override
  public void run(Subject subject, Consumer<Measure> found) {
    Forest batch = Forest.of(pairs(subject, SYSTEM_TOKENS));
    double fast = seconds(subject, batch, Backpropagation.RECORDED);
    // Others pay for what texts share once a text, and count it so.
    found.accept(
        measure("tokens, what is shared counted for each text", batch.unsharedTokens(), fast));
    found.accept(measure("tokens, each counted once", batch.tokens(), fast));
    found.accept(share("share of the ceiling", subject, batch, fast));
    Savings saved = Savings.of(batch, SYSTEM_TOKENS);
    found.accept(saved("tokens saved by pairs that share a prompt", saved.below()));
    found.accept(saved("tokens saved by the system text", saved.common()));

    Forest bare = batch(subject);
    double bareSeconds = seconds(subject, bare, Backpropagation.RECORDED);
    found.accept(
        measure(
            "no system text: tokens, the prompt counted for both",
            bare.unsharedTokens(),
            bareSeconds));
    found.accept(measure("no system text: tokens, each counted once", bare.tokens(), bareSeconds));
    found.accept(share("no system text: share of the ceiling", subject, bare, bareSeconds));
    double low = seconds(subject, bare, Backpropagation.BLOCKWISE);
    found.accept(measure("low memory, each counted once", bare.tokens(), low));
    found.accept(
        new Measure("train", "low memory against fast", bareSeconds / low, "times the speed"));
  }

  private static double seconds(Subject subject, Forest batch, Backpropagation backpropagation) {
    try (RewardTraining training =
        new RewardTraining(subject, batch, subject.adapter(1), backpropagation)) {
      return Stopwatch.best(RUNS, training::step);
    }
  }

  private static Measure measure(String what, long tokens, double seconds) {
    return new Measure("train", what, tokens / seconds, "tokens/s");
  }

  private static Measure share(String what, Subject subject, Forest batch, double seconds) {
    double share = subject.trainingGigaflops(batch) / seconds / subject.ceiling();
    return new Measure("train", what, 100 * share, "%");
  }

  private static Measure saved(String what, double share) {
    return new Measure("train", what, 100 * share, "%");
  }

  /** What one step reads without a system text. */
  static Forest batch(Subject subject) {
    return Forest.of(pairs(subject, 0));
  }

  private static List<int[]> pairs(Subject subject, int systemTokens) {
    int[] system = subject.ids(systemTokens, "system", 0);
    int longestPart = (LONGEST - systemTokens) / 2;
    List<int[]> sequences = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      int part = longestPart - SPREAD + pair * SPREAD / (PAIRS - 1);
      int[] prompt = subject.ids(part, "prompt", pair);
      for (int side = 0; side < 2; side++) {
        sequences.add(joined(system, prompt, subject.ids(part, "reply", 2 * pair + side)));
      }
    }
    return sequences;
  }

  /** Several id sequences as one. */
  static int[] joined(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(IntStream::of).toArray();
  }
}
