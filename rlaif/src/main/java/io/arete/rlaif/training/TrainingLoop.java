package io.arete.rlaif.training;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.forest.Forest;
import io.arete.engine.train.AdamW;
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
  private final Optional<EarlyStop> stop;

  /**
   * A loop that makes all of its steps.
   *
   * @param draws key of the order of the examples and of dropout
   */
  public TrainingLoop(
      Trainee trainee, Objective<E> objective, TrainingPlan plan, CountedRandom draws) {
    this(trainee, objective, plan, draws, Optional.empty());
  }

  /**
   * A loop.
   *
   * @param draws key of the order of the examples and of dropout
   * @param stop ends it early and chooses what is kept; without one, all steps are made
   */
  public TrainingLoop(
      Trainee trainee,
      Objective<E> objective,
      TrainingPlan plan,
      CountedRandom draws,
      Optional<EarlyStop> stop) {
    this.trainee = trainee;
    this.objective = objective;
    this.plan = plan;
    this.draws = draws;
    this.stop = stop;
  }

  /**
   * Trains to the end, and leaves the trainee with the weights that are kept. The checkpoint of the
   * last step stays for the caller to clear.
   *
   * @param examples at least one
   * @param folder of the checkpoints and of {@code metrics.jsonl}
   * @param task what the listener calls it
   * @throws AreteException if the loss or the gradient is no number; the last checkpoint stays
   */
  public TrainingEnd run(List<E> examples, Path folder, StageListener listener, String task) {
    long steps = plan.steps(examples.size());
    Checkpoints checkpoints = Checkpoints.open(folder);
    Optional<Checkpoints.Saved> saved = checkpoints.latest();
    try (AdamW optimizer = new AdamW(trainee.parameters(), plan.optimizer().weightDecay());
        MetricLog log =
            MetricLog.openAt(
                folder.resolve("metrics.jsonl"), TrainingState.restore(saved, optimizer));
        LoopState state = new LoopState(optimizer, log, best(saved))) {
      listener.begin(task, "steps", steps);
      listener.skip(optimizer.steps());
      while (optimizer.steps() < steps && !state.enough()) {
        long step = optimizer.steps();
        Map<String, Double> means = step(examples, step, steps, optimizer);
        state
            .look(step + 1, step + 1 == steps)
            .ifPresent(loss -> means.put("loss_put_aside", loss));
        log.append(new Metric(step + 1, means));
        if ((step + 1) % plan.checkpointEvery() == 0 || step + 1 == steps || state.enough()) {
          log.force();
          checkpoints.save(step + 1, state::write);
        }
        listener.advance(1);
      }
      return new TrainingEnd(optimizer.steps(), state.putBack());
    }
  }

  private Optional<BestSoFar> best(Optional<Checkpoints.Saved> saved) {
    return stop.map(rule -> BestSoFar.open(rule, trainee.parameters(), saved));
  }

  private Map<String, Double> step(List<E> examples, long step, long steps, AdamW optimizer) {
    List<E> batch = plan.batch(examples, step, draws);
    Map<String, Double> means = collectGradients(batch, step);
    double norm = optimizer.clip(plan.optimizer().gradientClip());
    requireFinite(norm, "gradient", step, batch);
    double rate = plan.learningRate(steps).at(step);
    optimizer.step(rate);
    means.put("gradient_norm", norm);
    means.put("learning_rate", rate);
    return means;
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
