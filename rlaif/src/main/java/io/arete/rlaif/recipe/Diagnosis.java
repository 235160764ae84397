package io.arete.rlaif.recipe;

import io.arete.engine.tensor.Dtype;
import io.arete.rlaif.check.RunChecks;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.evaluation.EvaluationStage;
import io.arete.rlaif.gate.CheckReadings;
import io.arete.rlaif.gate.GateReadings;
import io.arete.rlaif.gate.GateResult;
import io.arete.rlaif.stage.StageContext;
import java.util.ArrayList;
import java.util.List;

/** Which readings and which experiments are judged when. */
final class Diagnosis {

  private Diagnosis() {}

  /** Of the feedback, before reward models are made of it. */
  static List<GateResult> beforeReward(StageContext context) {
    List<GateResult> results = new ArrayList<>(GateReadings.feedback(context.folder()));
    results.addAll(readings(context).lengths(new RunChecks(context).lengths()));
    return results;
  }

  /** What the reward stage wrote down. */
  static List<GateResult> rewardModels(StageContext context) {
    Recipe recipe = context.recipe();
    return GateReadings.reward(context.folder(), recipe.gates(), recipe.reward().heldOut());
  }

  /** What it wrote down, and what experiments say of it. */
  static List<GateResult> beforePpo(StageContext context) {
    RunChecks checks = new RunChecks(context);
    CheckReadings readings = readings(context);
    boolean bfloat16 = context.model().decoder().dtype() == Dtype.BFLOAT16;
    List<GateResult> results = new ArrayList<>(rewardModels(context));
    results.addAll(readings.probe(checks.probe()));
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
