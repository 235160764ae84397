package io.arete.cli.bench;

import io.arete.engine.CountedRandom;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.engine.nn.Adapters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Generating at batches of 1, 16 and 64: replies of 48 tokens to prompts of 100; and how fast its
 * steps read the weights.
 */
final class DecodeBenchmark implements Benchmark {

  private static final int[] BATCHES = {1, 16, 64};
  private static final int PROMPT_TOKENS = 100;
  private static final int NEW_TOKENS = 48;

  private final boolean dense;

  /**
   * Decodes.
   *
   * @param dense whether a step reads weights as they are, so that it is known how many bytes
   */
  DecodeBenchmark(boolean dense) {
    this.dense = dense;
  }

  @Override
  public void run(Subject subject, Consumer<Measure> found) {
    double memory = MemorySpeed.gigabytes();
    found.accept(new Measure("decode", "memory is read at", memory, "GB/s"));
    for (int batch : BATCHES) {
      int runs = batch > 16 ? 2 : 4;
      double whole = Stopwatch.best(runs, () -> generate(subject, batch, NEW_TOKENS));
      double prompts = Stopwatch.best(runs, () -> generate(subject, batch, 1));
      String name = "batch " + batch;
      double steps = batch * (NEW_TOKENS - 1) / (whole - prompts);
      found.accept(new Measure("decode", name + ", after the prompts are read", steps, "tokens/s"));
      if (dense) {
        double share = 100 * subject.stepGigabytes() * steps / batch / memory;
        found.accept(
            new Measure(
                "decode", name + ", weights read, share of the memory's speed", share, "%"));
      }
      found.accept(
          new Measure(
              "decode",
              name + ", reading prompts included",
              batch * NEW_TOKENS / whole,
              "tokens/s"));
    }
  }

  private static void generate(Subject subject, int batch, int newTokens) {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      int[] prompt = subject.ids(PROMPT_TOKENS, "decode", i);
      requests.add(new Request(prompt, newTokens, CountedRandom.of(1).at(i)));
    }
    // No id ends a reply: all have the same length.
    new Generator(subject.model(), Adapters.NONE, Set.of(), batch)
        .generate(requests, Sampling.plain());
  }
}
