package io.arete.rlaif.stage;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.chat.ChatModel;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.run.Stage;

/**
 * What every stage is given.
 *
 * @param recipe what was asked
 * @param folder where the run keeps its files, locked
 * @param model the frozen base, shared by all stages
 * @param constitution virtues, questions, judge's wording
 * @param data prompts and pairs, split
 * @param listener told of progress
 */
public record StageContext(
    Recipe recipe,
    RunFolder folder,
    ChatModel model,
    Constitution constitution,
    RunData data,
    StageListener listener) {

  /** The same with another listener. */
  public StageContext tells(StageListener other) {
    return new StageContext(recipe, folder, model, constitution, data, other);
  }

  /**
   * The model after supervised fine-tuning, or the plain base if the recipe turns that off: what
   * speaks before PPO, and PPO's reference. The caller closes it.
   *
   * @throws io.arete.engine.AreteException if the stage has not left one
   */
  public StackedModel tuned() {
    return recipe.sft().enabled()
        ? StackedModel.open(folder.stage(Stage.SFT), model.decoder())
        : StackedModel.plain(model.decoder());
  }

  /** The key of a stage's draws. */
  public CountedRandom draws(Stage stage) {
    return CountedRandom.of(recipe.general().seed()).at(stage.wireName());
  }
}
