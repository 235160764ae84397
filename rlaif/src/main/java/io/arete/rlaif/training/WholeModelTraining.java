package io.arete.rlaif.training;

import io.arete.engine.forest.Forest;
import io.arete.engine.model.TrainableWeights;
import io.arete.engine.train.AdamW;
import io.arete.engine.train.Backpropagation;
import io.arete.engine.train.ChunkedLogProbs;
import io.arete.engine.train.LearningRate;
import io.arete.engine.train.Readout;
import io.arete.rlaif.run.Checkpoints;
import io.arete.rlaif.run.Metric;
import io.arete.rlaif.run.MetricLog;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Trains all weights of a model to predict weighted texts; goes on from the last checkpoint of its
 * folder. Every step is one batch, whose texts the lanes share out.
 */
public final class WholeModelTraining {

  /**
   * How it learns.
   *
   * @param steps batches in all
   * @param learningRate at each step
   * @param weightDecay of AdamW
   * @param beta2 of AdamW: 0.98 forgets gradients faster than the usual 0.999, for short training
   * @param gradientClip largest norm
   * @param checkpointEvery steps between two checkpoints
   * @param lanes parts of a batch that are computed side by side; the result depends on it
   */
  public record Plan(
      long steps,
      LearningRate learningRate,
      double weightDecay,
      double beta2,
      double gradientClip,
      int checkpointEvery,
      int lanes) {}

  private final TrainableWeights weights;
  private final LongFunction<List<WeightedText>> batches;
  private final Plan plan;

  /**
   * A training.
   *
   * @param batches the texts of a step, always the same for the same step; at least one
   */
  public WholeModelTraining(
      TrainableWeights weights, LongFunction<List<WeightedText>> batches, Plan plan) {
    this.weights = weights;
    this.batches = batches;
    this.plan = plan;
  }

  /**
   * Trains to the last step, or to {@code until}.
   *
   * @param until steps after which it stops for now, with a checkpoint
   * @param folder of the checkpoints and of {@code metrics.jsonl}
   */
  public void run(long until, Path folder, StageListener listener) {
    long end = Math.min(until, plan.steps());
    Checkpoints checkpoints = Checkpoints.open(folder);
    Optional<Checkpoints.Saved> saved = checkpoints.latest();
    try (WholeLanes lanes = new WholeLanes(weights, plan.lanes(), Backpropagation.RECORDED);
        AdamW optimizer = new AdamW(weights.parameters(), plan.weightDecay(), plan.beta2());
        MetricLog log =
            MetricLog.openAt(
                folder.resolve("metrics.jsonl"), TrainingState.restore(saved, optimizer))) {
      listener.begin("pretraining", "steps", end);
      listener.skip(optimizer.steps());
      for (long step = optimizer.steps(); step < end; step++) {
        Map<String, Double> seen = learn(batches.apply(step), lanes);
        seen.put("gradient_norm", optimizer.clip(plan.gradientClip()));
        optimizer.step(plan.learningRate().at(step));
        log.append(new Metric(step + 1, seen));
        if ((step + 1) % plan.checkpointEvery() == 0 || step + 1 == end) {
          log.force();
          checkpoints.save(step + 1, state -> TrainingState.write(state, optimizer, log.cursor()));
        }
        listener.advance(1);
      }
    }
  }

  private static Map<String, Double> learn(List<WeightedText> batch, WholeLanes lanes) {
    double weight = batch.stream().mapToDouble(WeightedText::weight).sum();
    double loss =
        lanes
            .learn(parts(batch, lanes.count()).stream().map(part -> pass(part, weight)).toList())
            .stream()
            .mapToDouble(Double::doubleValue)
            .sum();
    Map<String, Double> seen = new LinkedHashMap<>();
    seen.put("loss", loss);
    seen.put("tokens", (double) Arrays.stream(newTokens(batch)).sum());
    return seen;
  }

  /** Neighbours stay together, as they share beginnings; about the same number of tokens each. */
  private static List<List<WeightedText>> parts(List<WeightedText> batch, int count) {
    int[] tokens = newTokens(batch);
    long total = Arrays.stream(tokens).sum();
    List<List<WeightedText>> parts = new ArrayList<>();
    long taken = 0;
    for (int i = 0; i < tokens.length; i++) {
      // A text belongs where its middle lies.
      long middle = taken + tokens[i] / 2;
      if (parts.isEmpty() || (middle * count >= total * parts.size() && parts.size() < count)) {
        parts.add(new ArrayList<>());
      }
      parts.get(parts.size() - 1).add(batch.get(i));
      taken += tokens[i];
    }
    return parts;
  }

  /** For each text the tokens that it does not share with the one before it. */
  private static int[] newTokens(List<WeightedText> batch) {
    int[] tokens = new int[batch.size()];
    int[] before = {};
    for (int i = 0; i < tokens.length; i++) {
      int[] ids = batch.get(i).ids();
      int shared = Arrays.mismatch(before, ids);
      tokens[i] = shared < 0 ? 0 : ids.length - shared;
      before = ids;
    }
    return tokens;
  }

  /** A part of a batch; it says its share of the loss. */
  private static LearningPass<Double> pass(List<WeightedText> texts, double batchWeight) {
    int places = texts.stream().mapToInt(WeightedText::places).sum();
    int[] rows = new int[places];
    int[] targets = new int[places];
    double[] shares = new double[places];
    Forest forest = Forest.of(texts.stream().map(WeightedText::ids).toList());
    int at = 0;
    for (int i = 0; i < texts.size(); i++) {
      for (int position = 1; position < texts.get(i).ids().length; position++) {
        float weight = texts.get(i).weights()[position];
        if (weight != 0) {
          rows[at] = forest.index(i, position - 1);
          targets[at] = texts.get(i).ids()[position];
          shares[at] = weight / batchWeight;
          at++;
        }
      }
    }
    return LearningPass.of(
        forest,
        (learner, hidden) -> {
          Readout readout =
              new ChunkedLogProbs(learner.model(), 1)
                  .readAndDerive(
                      hidden, rows, targets, (first, values) -> derivatives(shares, first, values));
          double loss = 0;
          for (int i = 0; i < places; i++) {
            loss -= shares[i] * readout.values()[i];
          }
          return new LearningPass.Learned<>(loss, readout.hiddenGradient());
        });
  }

  private static double[] derivatives(double[] shares, int first, double[] values) {
    double[] derivatives = new double[values.length];
    for (int i = 0; i < derivatives.length; i++) {
      derivatives[i] = -shares[first + i];
    }
    return derivatives;
  }
}
