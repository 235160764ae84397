package io.arete.rlaif.estimate;

import io.arete.rlaif.config.DpoSection;
import io.arete.rlaif.config.EvaluationSection;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.config.SftSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.run.Stage;

/**
 * How often a stage allocates and frees what a round needs: a step of training is a round, and a
 * batch of conversations that are written token by token is as much as ten.
 */
record StageRounds(Recipe recipe, DataFacts facts) {

  private static final int SAMPLING = 10;
  private static final int RUNNING = 64;
  private static final int REFERENCE = 128;
  private static final int SYSTEMS_ATTACKED = 4;

  double of(Stage stage) {
    return switch (stage) {
      case SFT -> steps(recipe.sft());
      case FEEDBACK -> feedback(recipe.feedback());
      case REWARD -> reward(recipe.reward());
      case PPO -> recipe.ppo().fromPairs() ? dpo(recipe.dpo()) : ppo(recipe.ppo());
      case EVALUATION -> evaluation(recipe.evaluation());
      case ATTACK -> SYSTEMS_ATTACKED * batches(facts.attacks().count());
    };
  }

  private double steps(SftSection settings) {
    double all =
        settings.epochs()
            * (double) new StageWork(recipe, facts).talks().count()
            / settings.batchSize();
    return settings.maxSteps() == 0 ? all : Math.min(all, settings.maxSteps());
  }

  private double feedback(FeedbackSection settings) {
    StageWork work = new StageWork(recipe, facts);
    return batches(settings.samples() * (work.labelled() + work.calibration()));
  }

  private double reward(RewardSection settings) {
    StageWork work = new StageWork(recipe, facts);
    int trainings = settings.heads() == RewardSection.Heads.SHARED ? 1 : Facet.values().length;
    double pairs = work.labelled() * work.comparisons();
    return batches(REFERENCE) + trainings * settings.epochs() * pairs / settings.batchSize();
  }

  private double ppo(PpoSection settings) {
    double conversations = (double) settings.promptsPerIteration() * settings.samplesPerPrompt();
    double updates = 2.0 * settings.update().epochs() * settings.update().miniBatches();
    return settings.iterations() * (batches(conversations) + updates);
  }

  /** The reference reads all pairs once. */
  private double dpo(DpoSection settings) {
    double pairs = new StageWork(recipe, facts).trainPairs();
    return (1 + settings.epochs()) * pairs / settings.batchSize();
  }

  private double evaluation(EvaluationSection settings) {
    double prompts = Math.min(settings.prompts(), facts.prompts(Split.VERDICT));
    return batches(prompts * settings.conversations(recipe.sft().enabled()));
  }

  private static double batches(double conversations) {
    return SAMPLING * Math.ceil(conversations / RUNNING);
  }
}
