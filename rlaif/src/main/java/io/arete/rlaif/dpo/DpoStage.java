package io.arete.rlaif.dpo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.config.DpoSection;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Checkpoints;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.training.Foundation;
import io.arete.rlaif.training.Trainee;
import io.arete.rlaif.training.TrainingLoop;
import io.arete.rlaif.training.TrainingPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What stands in PPO's place where {@code ppo.algorithm} is dpo. Leaves in {@code policy/} the
 * tuned model in the form in which PPO leaves it, {@code metrics.jsonl}, and last {@code
 * summary.json}.
 */
public final class DpoStage {

  private DpoStage() {}

  /**
   * Runs or continues the stage.
   *
   * @throws AreteException if there is no pair to learn from, or the loss is no number
   */
  public static void run(StageContext context) {
    Path folder = context.folder().stage(Stage.PPO);
    Path summary = folder.resolve("summary.json");
    if (!Files.exists(summary)) {
      List<DpoPair> pairs = DpoPairs.read(context);
      train(context, pairs, folder);
      AtomicFile.writeText(summary, JsonFile.text(summary(context, pairs)));
    }
    Checkpoints.open(folder).clear();
  }

  private static void train(StageContext context, List<DpoPair> pairs, Path folder) {
    DpoSection settings = context.recipe().dpo();
    CountedRandom draws = context.draws(Stage.PPO).at("dpo");
    int tokens = settings.tokensPerPass();
    // Without dropout, as PPO: a ratio of two passes must not depend on what each of them drops.
    try (Foundation foundation = Foundation.tuned(context);
        Trainee policy =
            foundation.trainee(
                context.recipe().ppo().lora(), 0, draws.at("adapter").bits(0), tokens)) {
      DpoObjective objective =
          new DpoObjective(
              ReferenceLeads.of(pairs, foundation.frozen(), tokens, context.listener()),
              settings.beta());
      new TrainingLoop<>(policy, objective, plan(settings), draws)
          .run(pairs, folder, context.listener(), "DPO");
      policy.write(folder, Optional.empty());
    }
  }

  private static TrainingPlan plan(DpoSection settings) {
    return new TrainingPlan(
        settings.epochs(),
        0,
        settings.batchSize(),
        settings.tokensPerPass(),
        settings.optimizer(),
        settings.checkpointEvery());
  }

  private static ObjectNode summary(StageContext context, List<DpoPair> pairs) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("algorithm", "dpo")
        .put("pairs", pairs.size())
        .put("steps", plan(context.recipe().dpo()).steps(pairs.size()));
  }
}
