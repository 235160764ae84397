package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.run.Digests;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What will be measured, fixed before the first sample so that nothing can be chosen afterwards.
 *
 * @param prompts the verdict prompts, in their order
 * @param samples conversations of each prompt and system
 * @param bootstrap resamples for the interval
 * @param seed the root of the evaluation's draws
 * @param systems who is compared
 * @param rule the ensemble's rule in words
 */
record EvaluationPlan(
    List<Prompt> prompts,
    int samples,
    int bootstrap,
    long seed,
    List<TestedSystem> systems,
    String rule) {

  static final double CONFIDENCE = 0.95;

  String toJson() {
    ObjectNode plan = JsonNodeFactory.instance.objectNode();
    plan.put("primary_outcome", Outcome.PRIMARY.wireName());
    plan.put("primary_comparison", "tuned - base, mean over prompts, paired");
    plan.put("ensemble", rule);
    plan.put("claim", "a gain only if the whole interval lies above 0");
    plan.put("confidence", CONFIDENCE);
    plan.put("n", prompts.size());
    plan.put("samples", samples);
    plan.put("bootstrap", bootstrap);
    plan.put("seed", seed);
    var names = plan.putArray("systems");
    systems.forEach(system -> names.add(system.wireName()));
    plan.put(
        "prompts",
        Digests.text(prompts.stream().map(Prompt::id).collect(Collectors.joining("\n"))));
    return plan.toPrettyString().replace(System.lineSeparator(), "\n") + "\n";
  }
}
