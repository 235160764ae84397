package io.arete.rlaif.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.forest.Forest;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import io.arete.rlaif.config.OptimizerSettings;
import io.arete.rlaif.run.Checkpoints;
import io.arete.rlaif.run.Metric;
import io.arete.rlaif.run.MetricLog;
import io.arete.rlaif.sft.SftStage;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.LearningPass.Learned;
import io.arete.rlaif.training.LearningPass.Learner;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLoopTest {

  private static final TrainingPlan PLAN =
      new TrainingPlan(
          2,
          0,
          2,
          64,
          new OptimizerSettings(0.01, OptimizerSettings.Schedule.LINEAR, 0.1, 0, 1),
          1);

  @TempDir Path folder;

  /** Has no loss for the words "bad". */
  private record Fragile() implements Objective<String> {
    @Override
    public String name(String example) {
      return example;
    }

    @Override
    public List<int[]> sequences(String example) {
      return List.of(new int[] {1, 2, 3});
    }

    @Override
    public double weight(String example) {
      return 1;
    }

    @Override
    public Learned<PassResult> pass(
        Learner learner, List<String> examples, Forest forest, Tensor hidden, double weight) {
      return new Learned<>(
          new PassResult(examples.contains("bad") ? Double.NaN : 1, Map.of()),
          Tensors.zeros(Device.CPU, Dtype.FLOAT32, hidden.shape()));
    }
  }

  @Test
  void aLossThatIsNoNumberNamesStepAndExamplesAndKeepsTheCheckpointBefore() throws Exception {
    CountedRandom draws = CountedRandom.of(3);
    List<String> examples = List.of("a", "b", "c", "d", "e", "bad");
    long step = 0;
    while (!PLAN.batch(examples, step, draws).contains("bad")) {
      step++;
    }
    long wrong = step;
    try (TinyRun tiny = new TinyRun(folder, 8)) {
      tiny.in(
          "loop",
          StageListener.SILENT,
          List.of(),
          context -> {
            Path run = folder.resolve("loop/sft");
            try (Foundation base = Foundation.base(context);
                Trainee trainee = base.trainee(context.recipe().sft().lora(), 0, 1, 64)) {
              TrainingLoop<String> loop = new TrainingLoop<>(trainee, new Fragile(), PLAN, draws);
              assertThatThrownBy(() -> loop.run(examples, run, StageListener.SILENT, "test"))
                  .isInstanceOf(AreteException.class)
                  .hasMessageContaining("loss of step " + (wrong + 1) + " is NaN")
                  .hasMessageContaining("bad");
            }
            assertThat(Checkpoints.open(run).latest().map(Checkpoints.Saved::step).orElse(0L))
                .isEqualTo(wrong);
          });
    }
  }

  /** A trainer that leaves the model in its inference mode drops nothing, and nobody is told. */
  @Test
  void dropoutOfTheRecipeIsReallyOn() throws Exception {
    try (TinyRun tiny = new TinyRun(folder, 8)) {
      List<Metric> with = firstSteps(tiny, "with", 0.5);
      List<Metric> without = firstSteps(tiny, "without", 0);
      assertThat(loss(with.get(0)))
          .as("an adapter that begins at zero changes nothing, whatever is dropped")
          .isEqualTo(loss(without.get(0)));
      assertThat(loss(with.get(1))).isNotEqualTo(loss(without.get(1)));
    }
  }

  private List<Metric> firstSteps(TinyRun tiny, String name, double dropout) {
    tiny.in(
        name,
        StageListener.SILENT,
        List.of("sft.max_steps=2", "sft.batch_size=2", "sft.lora.dropout=" + dropout),
        context -> new SftStage().run(context));
    return MetricLog.read(folder.resolve(name + "/sft/metrics.jsonl"));
  }

  private static Double loss(Metric step) {
    return step.values().get("loss");
  }

  @Test
  void everyEpochTakesEveryExampleOnceInAnotherOrder() {
    List<Integer> examples = List.of(0, 1, 2, 3, 4, 5, 6);
    CountedRandom draws = CountedRandom.of(5);
    Set<List<Integer>> orders = new HashSet<>();
    for (int epoch = 0; epoch < 2; epoch++) {
      List<Integer> order = new java.util.ArrayList<>();
      for (int step = 4 * epoch; step < 4 * epoch + 4; step++) {
        order.addAll(PLAN.batch(examples, step, draws));
      }
      assertThat(order).containsExactlyInAnyOrderElementsOf(examples);
      orders.add(order);
    }
    assertThat(orders).hasSize(2);
    assertThat(PLAN.steps(7)).isEqualTo(8);
  }

  @Test
  void aPassHoldsNoMoreDistinctTokensThanAllowedUnlessOneExampleAloneDoes() {
    List<int[]> batch =
        List.of(
            new int[] {1, 2, 3}, new int[] {1, 2, 4}, new int[] {7, 8, 9, 10, 11}, new int[] {1});

    assertThat(Passes.of(batch, List::of, 4))
        .extracting(List::size)
        .as("three and one more; five alone; one")
        .containsExactly(2, 1, 1);
    assertThat(Passes.of(batch, List::of, 9)).hasSize(1);
    // In forests of their own they share nothing, and the bound is for all of them together.
    assertThat(Passes.of(batch, batch::indexOf, List::of, 4).size())
        .isGreaterThan(Passes.of(batch, List::of, 4).size());
  }
}
