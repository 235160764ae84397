package io.arete.rlaif.ppo;

import io.arete.engine.train.LearningRate;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.training.TrainingPlan;

/**
 * The learning rates of policy and critic over all planned steps. A step keeps its number and so
 * its rates where earlier updates were stopped, so that a run depends on nothing but its iteration.
 */
record StepRates(long perIteration, LearningRate policy, LearningRate critic) {

  /** As a recipe has them. */
  static StepRates of(PpoSection settings) {
    PpoSection.Update update = settings.update();
    long steps = settings.iterations() * update.steps();
    return new StepRates(
        update.steps(),
        rate(update, update.policyLearningRate(), steps),
        rate(update, update.criticLearningRate(), steps));
  }

  private static LearningRate rate(PpoSection.Update update, double peak, long steps) {
    return TrainingPlan.learningRate(update.schedule(), peak, update.warmupShare(), steps);
  }

  /** The number of an iteration's first step among all, from 0. */
  long firstStep(long iteration) {
    return (iteration - 1) * perIteration;
  }
}
