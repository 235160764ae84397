package io.arete.rlaif.training;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.forest.Forest;
import io.arete.engine.train.AdamW;
import io.arete.engine.train.LearningRate;
import io.arete.rlaif.run.Checkpoints;
import io.arete.rlaif.run.Metric;
import io.arete.rlaif.run.MetricLog;
import io.arete.rlaif.stage.StageListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains on examples; goes on from the last checkpoint of its folder.
 *
 * @param <E> an example
 */
public final class TrainingLoop<E> {

  private final Trainee trainee;
  private final Objective<E> objective;
  private final TrainingPlan plan;
  private final CountedRandom draws;

  /**
   * A loop.
   *
   * @param draws key of the order of the examples and of dropout
   */
  public TrainingLoop(
      Trainee trainee, Objective<E> objective, TrainingPlan plan, CountedRandom draws) {
    this.trainee = trainee;
    this.objective = objective;
    this.plan = plan;
    this.draws = draws;
  }

  /**
   * Trains to the end. The checkpoint of the last step stays for the caller to clear.
   *
   * @param examples at least one
   * @param folder of the checkpoints and of {@code metrics.jsonl}
   * @param task what the listener calls it
   * @throws AreteException if the loss or the gradient is no number; the last checkpoint stays
   */
  public void run(List<E> examples, Path folder, StageListener listener, String task) {
    long steps = plan.steps(examples.size());
    LearningRate learningRate = plan.learningRate(steps);
    Checkpoints checkpoints = Checkpoints.open(folder);
    Optional<Checkpoints.Saved> saved = checkpoints.latest();
    try (AdamW optimizer = new AdamW(trainee.parameters(), plan.optimizer().weightDecay());
        MetricLog log =
            MetricLog.openAt(
                folder.resolve("metrics.jsonl"), TrainingState.restore(saved, optimizer))) {
      listener.begin(task, "steps", steps);
      listener.skip(optimizer.steps());
      for (long step = optimizer.steps(); step < steps; step++) {
        List<E> batch = plan.batch(examples, step, draws);
        Map<String, Double> means = collectGradients(batch, step);
        double norm = optimizer.clip(plan.optimizer().gradientClip());
        requireFinite(norm, "gradient", step, batch);
        double rate = learningRate.at(step);
        optimizer.step(rate);
        means.put("gradient_norm", norm);
        means.put("learning_rate", rate);
        log.append(new Metric(step + 1, means));
        if ((step + 1) % plan.checkpointEvery() == 0 || step + 1 == steps) {
          log.force();
          checkpoints.save(step + 1, state -> TrainingState.write(state, optimizer, log.cursor()));
        }
        listener.advance(1);
      }
    }
  }

  private Map<String, Double> collectGradients(List<E> batch, long step) {
    double weight = batch.stream().mapToDouble(objective::weight).sum();
    List<LearningPass<Objective.PassResult>> passes = new ArrayList<>();
    for (List<E> examples :
        Passes.of(batch, objective::sequences, plan.tokensPerPass(), trainee.lanes())) {
      Forest forest =
          Forest.of(examples.stream().flatMap(one -> objective.sequences(one).stream()).toList());
      passes.add(
          new LearningPass<>(
              forest,
              Optional.of(draws.at("dropout").at(step).at(passes.size())),
              Optional.empty(),
              (learner, hidden) -> {
                var learned = objective.pass(learner, examples, forest, hidden, weight);
                requireFinite(learned.said().loss(), "loss", step, examples);
                return learned;
              }));
    }
    Map<String, Double> sums = new LinkedHashMap<>();
    for (Objective.PassResult result : trainee.learn(passes)) {
      sums.merge("loss", result.loss(), Double::sum);
      result.others().forEach((name, value) -> sums.merge(name, value, Double::sum));
    }
    for (LearningPass<Objective.PassResult> pass : passes) {
      sums.merge("tokens", (double) pass.forest().tokens(), Double::sum);
      sums.merge("unshared_tokens", (double) pass.forest().unsharedTokens(), Double::sum);
    }
    return sums;
  }

  private void requireFinite(double value, String what, long step, List<E> examples) {
    if (!Double.isFinite(value)) {
      throw new AreteException(
          "The "
              + what
              + " of step "
              + (step + 1)
              + " is "
              + value
              + " on "
              + String.join(", ", examples.stream().map(objective::name).toList())
              + "; lower the learning rate or remove these from the data, and start again from"
              + " the last checkpoint, which is kept.");
    }
  }
}
