package io.arete.rlaif.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.model.ModelWriter;
import io.arete.engine.model.TrainableWeights;
import io.arete.engine.nn.Adapters;
import io.arete.engine.nn.BlockShape;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Threads;
import io.arete.engine.train.LearningRate;
import io.arete.rlaif.run.Metric;
import io.arete.rlaif.run.MetricLog;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model made from nothing must learn, whatever the threads and wherever it was cut. */
class WholeModelTrainingTest {

  private static final ModelConfig CONFIG =
      ModelConfig.llama(new BlockShape(32, 4, 2, 8, 64), 2, 40, 64, 1e-5, 10000);

  @TempDir private Path folder;

  @BeforeAll
  static void oneThread() {
    Threads.use(1);
  }

  @Test
  void theNextTokenOfARuleIsLearned() {
    float[] first = train("run", 1, 60, 60);
    List<Metric> metrics = MetricLog.read(folder.resolve("run/metrics.jsonl"));
    assertThat(metrics).hasSize(60);
    assertThat(metrics.get(0).values().get("loss")).isCloseTo(Math.log(40), within(0.1));
    assertThat(metrics.get(59).values().get("loss")).isLessThan(1.5);
    assertThat(first).isEqualTo(train("again", 1, 60, 60));
  }

  @Test
  void aTrainingThatWasCutEndsWithTheSameWeights() {
    float[] straight = train("straight", 1, 12, 12);
    train("cut", 1, 12, 5);
    assertThat(train("cut", 1, 12, 12)).isEqualTo(straight);
  }

  @Test
  void twoThreadsLearnWhatOneLearns() {
    float[] one = train("one", 1, 3, 3);
    Threads.use(2);
    try {
      float[] two = train("two", 2, 3, 3);
      // AdamW blows rounding up where a gradient is almost 0; one step moves a weight by up to
      // 3e-3.
      assertThat(two).containsExactly(one, within(5e-4f));
      assertThat(train("twice", 2, 3, 3)).isEqualTo(two);
    } finally {
      Threads.use(1);
    }
  }

  @Test
  void whatIsWrittenIsReadAsTheSameModel() throws Exception {
    int[] ids = {1, 2, 3, 5, 8, 13, 21};
    try (TrainableWeights weights = TrainableWeights.fresh(CONFIG, 3, Device.CPU);
        TrainableWeights.Lane lane = weights.lane()) {
      Files.createDirectories(folder.resolve("model"));
      ModelWriter.write(folder.resolve("model"), weights, new ModelWriter.SpecialIds(1, 2, 0));
      try (DecoderModel read =
          DecoderModel.load(folder.resolve("model"), Dtype.FLOAT32, Device.CPU)) {
        assertThat(read.config()).isEqualTo(CONFIG);
        // The file holds bfloat16: eight bits of precision.
        assertThat(logits(read, ids)).containsExactly(logits(lane.model(), ids), within(5e-3f));
      }
    }
  }

  private static float[] logits(DecoderModel model, int[] ids) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      return model
          .logits(model.norm(model.read(Forest.of(List.of(ids)), Adapters.NONE)))
          .toFloats();
    }
  }

  private float[] train(String name, int lanes, long steps, long until) {
    WholeModelTraining.Plan plan =
        new WholeModelTraining.Plan(
            steps, new LearningRate.Constant(3e-3, 0), 0.01, 0.98, 1, 4, lanes);
    try (TrainableWeights weights = TrainableWeights.fresh(CONFIG, 1, Device.CPU)) {
      new WholeModelTraining(weights, WholeModelTrainingTest::batch, plan)
          .run(until, folder.resolve(name), StageListener.SILENT);
      return weights.parameters().values().toFloats();
    }
  }

  /** Each token is the one before plus a step that the first token gives. */
  private static List<WeightedText> batch(long step) {
    List<WeightedText> texts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int[] ids = new int[10];
      ids[0] = 1 + (int) ((step + i) % 3);
      for (int j = 1; j < ids.length; j++) {
        ids[j] = (ids[j - 1] + ids[0]) % 40;
      }
      float[] weights = new float[ids.length];
      Arrays.fill(weights, 1);
      texts.add(new WeightedText(ids, weights));
    }
    return texts;
  }
}
