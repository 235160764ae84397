package io.arete.cli.bench;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.forest.Forest;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.engine.inspect.ResidentMemory;
import io.arete.engine.nn.Adapters;
import io.arete.engine.train.Backpropagation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Whether memory stays flat over 300 training steps and 300 generations of a tiny model. */
final class MemoryBenchmark implements Benchmark {

  private static final int ROUNDS = 300;
  private static final int INTERVAL = 50;

  /** Rounds in which the collector's heap and libtorch's pools find their size. */
  private static final int WARMUP = 100;

  /** A kept batch of this model would weigh more than this a round. */
  private static final double MOST_KILOBYTES_PER_ROUND = 40;

  @Override
  public void run(Subject subject, Consumer<Measure> found) {
    ResidentMemory.require();
    Forest batch = Forest.of(sequences(subject));
    try (RewardTraining training =
        new RewardTraining(subject, batch, subject.adapter(1), Backpropagation.RECORDED)) {
      watch("training step", round -> training.step(), found);
    }
    watch("generation", round -> generate(subject, round), found);
  }

  private static void watch(String what, Consumer<Integer> work, Consumer<Measure> found) {
    List<double[]> points = new ArrayList<>();
    for (int round = 1; round <= ROUNDS + WARMUP; round++) {
      work.accept(round);
      if (round >= WARMUP && round % INTERVAL == 0) {
        double kilobytes = ResidentMemory.kibibytes();
        points.add(new double[] {round, kilobytes});
        found.accept(
            new Measure("memory", what + " " + round + ", resident", kilobytes / 1024, "MiB"));
      }
    }
    double slope = slope(points);
    found.accept(new Measure("memory", what + ", slope", slope, "KiB a round"));
    if (slope > MOST_KILOBYTES_PER_ROUND) {
      throw new AreteException(
          String.format(
              Locale.ROOT,
              "memory grows by %.1f KiB a %s, but at most %.0f were allowed; something is not freed",
              slope,
              what,
              MOST_KILOBYTES_PER_ROUND));
    }
  }

  private static void generate(Subject subject, int round) {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      requests.add(
          new Request(subject.ids(20, "memory", i), 16, CountedRandom.of(1).at(round).at(i)));
    }
    new Generator(subject.model(), Adapters.NONE, Set.of(), 4).generate(requests, Sampling.plain());
  }

  private static List<int[]> sequences(Subject subject) {
    List<int[]> sequences = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      sequences.add(subject.ids(40, "memory", i));
    }
    return sequences;
  }

  /** Least squares. */
  private static double slope(List<double[]> points) {
    double meanX = points.stream().mapToDouble(point -> point[0]).average().orElse(0);
    double meanY = points.stream().mapToDouble(point -> point[1]).average().orElse(0);
    double covariance = 0;
    double variance = 0;
    for (double[] point : points) {
      covariance += (point[0] - meanX) * (point[1] - meanY);
      variance += (point[0] - meanX) * (point[0] - meanX);
    }
    return covariance / variance;
  }
}
