package io.arete.cli.bench;

import static io.arete.cli.bench.TrainBenchmark.joined;

import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Judging pairs: prompts of 150 tokens, for six virtues and both orders. What stands before the
 * pair is shared by all, a pair in one order by its six virtues; answers are read from the logits
 * at the ends.
 */
final class JudgeBenchmark implements Benchmark {

  private static final int PAIRS = 4;
  private static final int ORDERS = 2;
  private static final int VIRTUES = 6;
  private static final int BEFORE_TOKENS = 20;
  private static final int PAIR_TOKENS = 100;
  private static final int VIRTUE_TOKENS = 30;
  private static final int RUNS = 3;

  @Override
  public void run(Subject subject, Consumer<Measure> found) {
    List<int[]> prompts = prompts(subject);
    double seconds = Stopwatch.best(RUNS, () -> judge(subject.model(), prompts));
    Forest forest = Forest.of(prompts);
    double work = subject.forwardGigaflops(forest) + subject.headGigaflops(prompts.size());
    found.accept(
        new Measure("judge", "prompts of 150 tokens", prompts.size() / seconds, "prompts/s"));
    found.accept(new Measure("judge", "tokens of the prompts", forest.unsharedTokens(), "tokens"));
    found.accept(new Measure("judge", "tokens computed", forest.tokens(), "tokens"));
    Savings saved = Savings.of(forest, BEFORE_TOKENS);
    found.accept(
        new Measure(
            "judge", "tokens saved by virtues that share a pair", 100 * saved.below(), "%"));
    found.accept(
        new Measure("judge", "tokens saved by the common beginning", 100 * saved.common(), "%"));
    found.accept(new Measure("judge", "work a prompt", work / prompts.size(), "GFLOP"));
    found.accept(
        new Measure(
            "judge", "share of the ceiling", 100 * work / seconds / subject.ceiling(), "%"));
  }

  private static void judge(DecoderModel model, List<int[]> prompts) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Forest forest = Forest.of(prompts);
      int[] ends = new int[prompts.size()];
      for (int i = 0; i < ends.length; i++) {
        ends[i] = forest.end(i);
      }
      Tensor rows = model.readRows(forest, Adapters.NONE, ends);
      model.logits(model.norm(rows)).logSoftmax(1).narrow(1, 0, 2).toFloats();
    }
  }

  private static List<int[]> prompts(Subject subject) {
    List<int[]> prompts = new ArrayList<>();
    int[] before = subject.ids(BEFORE_TOKENS, "before", 0);
    for (int i = 0; i < PAIRS * ORDERS; i++) {
      int[] pair = subject.ids(PAIR_TOKENS, "pair", i);
      for (int virtue = 0; virtue < VIRTUES; virtue++) {
        prompts.add(joined(before, pair, subject.ids(VIRTUE_TOKENS, "virtue", virtue)));
      }
    }
    return prompts;
  }
}
