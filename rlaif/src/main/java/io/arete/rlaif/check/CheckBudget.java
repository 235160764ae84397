package io.arete.rlaif.check;

import io.arete.rlaif.config.EvaluationSection;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.evaluation.EvaluationStage;
import io.arete.rlaif.stage.StageContext;
import java.util.Optional;

/**
 * How much experiments may cost, all together. Those that read are paid by the stage that trains
 * the reward models, those that sample by the stages that sample; so the sum of all stays within
 * the recipe's share of the run. What things cost beside one another was measured on the practice
 * base and on SmolLM2, and is the same on every machine, so that the experiments are, too.
 */
final class CheckBudget {

  /** A step of training costs about three readings. */
  private static final double READINGS_PER_STEP = 3;

  /** The probe and PPO's scoring path. */
  private static final double READERS = 2;

  /** A conversation that a labeler judges costs as much as three that are sampled and scored. */
  private static final double LABELLED = 3;

  /** One that a policy is trained on costs as much as four. */
  private static final double TRAINED = 4;

  /** Fewer pairs tell nothing, so they are read whatever they cost. */
  private static final int FEWEST = 100;

  private final StageContext context;
  private final Recipe recipe;

  CheckBudget(StageContext context) {
    this.context = context;
    this.recipe = context.recipe();
  }

  /**
   * Pairs that one experiment may read of each facet whose reward model PPO reads.
   *
   * @param trained pairs of a facet that a reward model learned from
   */
  double pairs(int trained) {
    // With one adapter for all, a conversation is read once for the three of them.
    boolean shared = recipe.reward().heads() == RewardSection.Heads.SHARED;
    double trainedTexts = shared ? 1 : Facet.values().length;
    double readTexts = shared ? 1 : recipe.ppo().ensemble().facets().size();
    double stage = READINGS_PER_STEP * recipe.reward().epochs() * trained * trainedTexts;
    return Math.max(FEWEST, share() * stage / READERS / readTexts);
  }

  /** Conversations that may be sampled and scored. */
  double conversations() {
    EvaluationSection evaluation = recipe.evaluation();
    int prompts = Math.min(evaluation.prompts(), context.data().prompts(Split.VERDICT).size());
    double evaluated = (double) prompts * evaluation.conversations(recipe.sft().enabled());
    int again =
        EvaluationStage.repeatedConversations(
            recipe.gates().checks().repeatPrompts(), prompts, evaluation.samples());
    return Math.max(0, share() * (feedback() + ppo() + evaluated) - again);
  }

  private double feedback() {
    boolean people = recipe.feedback().source() == FeedbackSection.Source.HUMAN;
    int there =
        JsonLines.readAppended(context.folder().conversations(), (line, row) -> Optional.of(line))
            .size();
    return (people ? 1 : LABELLED) * there;
  }

  private double ppo() {
    PpoSection ppo = recipe.ppo();
    return ppo.fromPairs()
        ? 0
        : TRAINED * ppo.iterations() * ppo.promptsPerIteration() * ppo.samplesPerPrompt();
  }

  private double share() {
    return recipe.gates().checks().share();
  }
}
