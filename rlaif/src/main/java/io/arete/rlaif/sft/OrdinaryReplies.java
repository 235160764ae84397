package io.arete.rlaif.sft;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.forest.Forest;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.training.LearningPass;
import io.arete.rlaif.training.LearningPass.Learned;
import io.arete.rlaif.training.Passes;
import io.arete.rlaif.training.TrainingPlan;
import java.util.List;

/**
 * What supervised fine-tuning is given, to be learned beside something else: the loss is that of
 * {@code SftObjective}, without dropout, times a weight.
 */
public final class OrdinaryReplies {

  private final List<SftExample> examples;
  private final SftObjective objective = new SftObjective();

  private OrdinaryReplies(List<SftExample> examples) {
    this.examples = examples;
  }

  /**
   * The recipe's {@code sft.conversations}, or else the preferred replies of its pairs; those too
   * long for {@code sft.max_tokens} are left out.
   *
   * @throws AreteException if none is left
   */
  public static OrdinaryReplies of(StageContext context) {
    int longest = context.recipe().sft().maxTokens();
    List<SftExample> examples =
        new SftTexts(context.model().encoder(), longest)
            .examples(SftStage.ordinary(context))
            .examples();
    if (examples.isEmpty()) {
      throw new AreteException(
          "There are no ordinary replies to mix in: every conversation has a reply longer than"
              + " sft.max_tokens "
              + longest
              + "; raise it, or set ppo.ptx_coefficient to 0.");
    }
    return new OrdinaryReplies(examples);
  }

  /**
   * Passes over the conversations of one step; what each says is its part of their mean loss,
   * without the weight.
   *
   * @param step from 0: which conversations come depends on it and on the draws alone
   * @param batchSize conversations of a step
   * @param weight of the loss
   * @param tokensPerPass the most distinct tokens of a pass
   * @param lanes how many passes there should be at least
   */
  public List<LearningPass<Double>> passes(
      long step, int batchSize, double weight, int tokensPerPass, int lanes, CountedRandom draws) {
    List<SftExample> batch = TrainingPlan.batch(examples, batchSize, step, draws);
    double tokens = batch.stream().mapToDouble(objective::weight).sum();
    return Passes.of(batch, objective::sequences, tokensPerPass, lanes).stream()
        .map(part -> pass(part, tokens, weight))
        .toList();
  }

  private LearningPass<Double> pass(List<SftExample> part, double tokens, double weight) {
    Forest forest =
        Forest.of(part.stream().flatMap(one -> objective.sequences(one).stream()).toList());
    return LearningPass.of(
        forest,
        (learner, hidden) -> {
          var learned = objective.pass(learner, part, forest, hidden, tokens / weight);
          return new Learned<>(learned.said().loss() / weight, learned.hiddenGradient());
        });
  }
}
