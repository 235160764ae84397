package io.arete.rlaif.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.arete.engine.adapter.StackedModel;
import io.arete.rlaif.config.CheckSettings;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.evaluation.EvaluationStage;
import io.arete.rlaif.evaluation.SystemModel;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * All experiments of a run, each done once for the same models, data and settings. An object of
 * this class must not outlive the results of the stages that it has read.
 */
public final class RunChecks {

  private static final String FOLDER = "checks";

  /** Numbers that another build left in another form are made again. */
  private static final int FORM = 3;

  private final StageContext context;
  private final CheckSettings settings;
  private final Map<Stage, CheckFolder> made = new EnumMap<>(Stage.class);

  /** Experiments on a run. */
  public RunChecks(StageContext context) {
    this.context = context;
    this.settings = context.recipe().gates().checks();
  }

  /** How much of the feedback was cut. Needs the feedback. */
  public JsonNode lengths() {
    return made(Stage.FEEDBACK).numbers("lengths", () -> CutShares.of(context));
  }

  /** What a linear model learns from frozen features. Needs the feedback. */
  public JsonNode probe() {
    return made(Stage.FEEDBACK)
        .numbers(
            "probe",
            () ->
                settings.probePairs() == 0
                    ? JsonNodeFactory.instance.objectNode()
                    : new FrozenProbe(context, settings.probePairs()).run());
  }

  /** The held-out pairs by PPO's own path. Needs the reward models. */
  public JsonNode scoring() {
    return made(Stage.REWARD).numbers("scoring", () -> new ScoringPath(context).run());
  }

  /** What the ensemble chooses, and what its rewards are made of. Needs the reward models. */
  public JsonNode chosen() {
    CheckFolder folder = made(Stage.REWARD);
    return folder.numbers(
        "chosen",
        () ->
            new ChosenReplies(context).run(folder.folder().resolve("samples"), folder.madeFrom()));
  }

  /** Greedy replies of a policy in training against its reference. */
  public JsonNode greedy(StackedModel policy, StackedModel reference) {
    return made(Stage.REWARD)
        .numbers("greedy", () -> GreedyReplies.unchanged(context, policy, reference));
  }

  /** Greedy replies of the tuned model against its reference. Needs PPO's results. */
  public JsonNode greedyAtTheEnd() {
    return made(Stage.PPO)
        .numbers(
            "greedy-at-the-end",
            () -> {
              try (StackedModel reference = context.tuned();
                  StackedModel policy =
                      SystemModel.of(
                          TestedSystem.TUNED, context.folder(), context.model().decoder())) {
                return GreedyReplies.unchanged(context, policy, reference);
              }
            });
  }

  /** The first prompts of the evaluation once more. Needs the evaluation. */
  public JsonNode repeat() {
    return made(Stage.EVALUATION)
        .numbers(
            "repeat",
            () ->
                settings.repeatPrompts() == 0
                    ? JsonNodeFactory.instance.objectNode()
                    : EvaluationStage.repeat(context, settings.repeatPrompts()));
  }

  /** Everything that is there up to a stage's results, and the settings that experiments read. */
  private CheckFolder made(Stage last) {
    return made.computeIfAbsent(last, this::madeOf);
  }

  private CheckFolder madeOf(Stage last) {
    Recipe recipe = context.recipe();
    StringBuilder from = new StringBuilder(Long.toString(recipe.general().seed()));
    for (Stage stage : Stage.values()) {
      Path results = context.folder().stage(stage);
      if (stage.compareTo(last) <= 0 && Files.isDirectory(results)) {
        from.append('\n').append(Digests.folder(results));
      }
    }
    for (String section : new String[] {"data", "feedback", "reward", "ppo", "evaluation"}) {
      from.append('\n').append(recipe.fingerprint(section));
    }
    from.append('\n').append(settings.probePairs()).append(' ').append(settings.repeatPrompts());
    from.append(' ').append(settings.bestOfPrompts()).append(' ').append(settings.bestOfSamples());
    from.append(' ').append(settings.share()).append(' ').append(FORM);
    from.append(' ').append(recipe.gates().labels().agreementLow());
    return new CheckFolder(context.folder().root().resolve(FOLDER), Digests.text(from.toString()));
  }
}
