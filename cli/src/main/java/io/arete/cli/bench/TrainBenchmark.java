package io.arete.cli.bench;

import io.arete.engine.forest.Forest;
import io.arete.engine.train.Backpropagation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Training a reward model on pairs of at most 100 tokens, half prompt and half reply. */
final class TrainBenchmark implements Benchmark {

  private static final int PAIRS = 16;
  private static final int SHORTEST_PART = 30;
  private static final int LONGEST_PART = 50;
  private static final int RUNS = 3;

  @Override
  public void run(Subject subject, Consumer<Measure> found) {
    Forest batch = batch(subject);
    double fast = seconds(subject, batch, Backpropagation.RECORDED);
    // Others pay for a pair's prompt twice, and count it so.
    found.accept(measure("tokens, the prompt counted for both", batch.unsharedTokens(), fast));
    found.accept(measure("tokens, each counted once", batch.tokens(), fast));
    double share = subject.trainingGigaflops(batch) / fast / subject.ceiling();
    found.accept(new Measure("train", "share of the ceiling", 100 * share, "%"));
    double low = seconds(subject, batch, Backpropagation.BLOCKWISE);
    found.accept(measure("low memory, each counted once", batch.tokens(), low));
    found.accept(new Measure("train", "low memory against fast", fast / low, "times the speed"));
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

  /** What one step reads. */
  static Forest batch(Subject subject) {
    return Forest.of(pairs(subject));
  }

  private static List<int[]> pairs(Subject subject) {
    List<int[]> sequences = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      int part = SHORTEST_PART + pair * (LONGEST_PART - SHORTEST_PART) / (PAIRS - 1);
      int[] prompt = subject.ids(part, "prompt", pair);
      for (int side = 0; side < 2; side++) {
        sequences.add(joined(prompt, subject.ids(part, "reply", 2 * pair + side)));
      }
    }
    return sequences;
  }

  /** Several id sequences as one. */
  static int[] joined(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(IntStream::of).toArray();
  }
}
