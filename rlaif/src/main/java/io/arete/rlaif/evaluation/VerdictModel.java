package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.stats.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the verdict reward model says of the systems: it learned from pairs of its own, and neither
 * rewarded nor selected anything. A gain that only the run's own reward models see is theirs.
 * Charges for cut-off replies are left out: they are a rule that PPO was trained by, which the
 * model never learned.
 *
 * @param scorer the verdict reward model's
 * @param prompts in the results' order
 * @param resamples of the bootstrap
 * @param seed of the bootstrap
 */
record VerdictModel(Scorer scorer, List<Prompt> prompts, int resamples, long seed) {

  /** Scores conversations in their order, given each one's prompt. */
  @FunctionalInterface
  interface Scorer {

    /** As {@link RunScorer#score}. */
    List<ScoredConversation> score(List<Prompt> prompts, List<Conversation> conversations);
  }

  /** Each system's scores, one a prompt: the mean over its samples. */
  Map<TestedSystem, double[]> scores(Map<TestedSystem, List<PromptResult>> results) {
    Map<TestedSystem, double[]> scores = new EnumMap<>(TestedSystem.class);
    results.forEach((system, rows) -> scores.put(system, scores(rows)));
    return scores;
  }

  /** Each system's mean score, and tuned less base with its interval. */
  ObjectNode of(Map<TestedSystem, double[]> scores) {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("n", prompts.size());
    ObjectNode means = root.putObject("systems");
    scores.forEach((system, own) -> means.put(system.wireName(), Summary.of(own).mean()));
    root.set(
        "tuned_minus_base",
        Comparison.difference(
            Objects.requireNonNull(scores.get(TestedSystem.BASE)),
            Objects.requireNonNull(scores.get(TestedSystem.TUNED)),
            resamples,
            CountedRandom.of(seed).at("verdict reward model")));
    return root;
  }

  private double[] scores(List<PromptResult> rows) {
    List<Prompt> asked = new ArrayList<>();
    List<Conversation> conversations = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      List<ScoredConversation> own = rows.get(i).conversations();
      asked.addAll(Collections.nCopies(own.size(), prompts.get(i)));
      own.forEach(scored -> conversations.add(scored.conversation()));
    }
    List<ScoredConversation> scored = scorer.score(asked, conversations);
    double[] means = new double[rows.size()];
    int next = 0;
    for (int i = 0; i < means.length; i++) {
      int samples = rows.get(i).conversations().size();
      means[i] =
          scored.subList(next, next + samples).stream()
              .mapToDouble(ScoredConversation::uncharged)
              .average()
              .orElseThrow();
      next += samples;
    }
    return means;
  }
}
