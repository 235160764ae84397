package io.arete.rlaif.recipe;

import io.arete.engine.tensor.Dtype;
import io.arete.rlaif.check.RunChecks;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.evaluation.EvaluationStage;
import io.arete.rlaif.gate.CheckReadings;
import io.arete.rlaif.gate.GateReadings;
import io.arete.rlaif.gate.GateResult;
import io.arete.rlaif.gate.HeldOutAccuracyGate;
import io.arete.rlaif.gate.LabelReadings;
import io.arete.rlaif.gate.ProbeGate;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.stage.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which readings and which experiments are judged when. */
final class Diagnosis {

  private Diagnosis() {}

  /** Of the feedback, before reward models are made of it. */
  static List<GateResult> beforeReward(StageContext context) {
    List<GateResult> results = new ArrayList<>(labels(context.recipe()).feedback(context.folder()));
    results.addAll(readings(context).lengths(new RunChecks(context).lengths()));
    return results;
  }

  /** What judges a labeler's labels. */
  static LabelReadings labels(Recipe recipe) {
    return new LabelReadings(recipe.gates().labels());
  }

  /** What the reward stage wrote down. */
  static List<GateResult> rewardModels(StageContext context) {
    return rewardModels(context.folder(), context.recipe());
  }

  /** As the other, of a run that may be old or stopped. */
  static List<GateResult> rewardModels(RunFolder folder, Recipe recipe) {
    return GateReadings.reward(
        folder, recipe.gates(), recipe.reward(), Set.copyOf(recipe.ppo().ensemble().facets()));
  }

  /** A probe that found nothing does not stop a reward model that was shown to have learned. */
  static List<GateResult> probe(List<GateResult> results, List<GateResult> models) {
    Set<String> learned =
        models.stream()
            .filter(result -> result.name().equals(HeldOutAccuracyGate.NAME) && result.passed())
            .map(GateResult::about)
            .collect(Collectors.toSet());
    return results.stream()
        .map(
            result ->
                result.name().equals(ProbeGate.NAME) && learned.contains(result.about())
                    ? result.warningOnly("the reward model learned from them")
                    : result)
        .toList();
  }

  /** What it wrote down, and what experiments say of it. */
  static List<GateResult> beforePpo(StageContext context) {
    RunChecks checks = new RunChecks(context);
    CheckReadings readings = readings(context);
    boolean bfloat16 = context.model().decoder().dtype() == Dtype.BFLOAT16;
    List<GateResult> models = rewardModels(context);
    List<GateResult> results = new ArrayList<>(models);
    results.addAll(probe(readings.probe(checks.probe()), models));
    results.addAll(readings.scoring(checks.scoring(), bfloat16));
    results.addAll(readings.chosen(checks.chosen()));
    return results;
  }

  /** Of the evaluation. */
  static List<GateResult> verdict(StageContext context) {
    List<GateResult> results =
        new ArrayList<>(GateReadings.verdict(EvaluationStage.summary(context.folder())));
    results.addAll(readings(context).repeat(new RunChecks(context).repeat()));
    return results;
  }

  private static CheckReadings readings(StageContext context) {
    return new CheckReadings(context.recipe().gates().checks());
  }
}
