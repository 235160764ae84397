package io.arete.rlaif.bestof;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.ensemble.EnsembleRule;
import io.arete.rlaif.ensemble.EnsembleScore;
import io.arete.rlaif.evaluation.Comparison;
import io.arete.rlaif.evaluation.PromptResult;
import io.arete.rlaif.evaluation.ScoredConversation;
import io.arete.rlaif.extension.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers of all choosers.
 *
 * @param truth who knows what replies are worth, if anyone does
 * @param rule how facets become one
 * @param samples of each prompt
 * @param resamples of the bootstrap
 * @param seed of the bootstrap
 */
record BestOfSummary(
    Optional<Truth> truth, EnsembleRule rule, int samples, int resamples, long seed) {

  /** A prompt's samples with their true worths: NaN where nobody knows. */
  private record Known(List<ScoredConversation> scored, double[] worths) {

    double[] each(Chooser chooser) {
      double[] liking = new double[worths.length];
      for (int i = 0; i < liking.length; i++) {
        liking[i] = chooser.liking(scored.get(i), worths[i]);
      }
      return liking;
    }
  }

  /** Everything as the content of summary.json; prompts and results in the same order. */
  ObjectNode of(List<Prompt> prompts, List<PromptResult> results) {
    List<Known> all = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      all.add(known(prompts.get(i), results.get(i)));
    }
    List<Known> knownOnes = all.stream().filter(one -> !Double.isNaN(one.worths()[0])).toList();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("prompts", all.size()).put("samples", samples).put("ensemble", rule.describe());
    root.put("prompts_of_known_worth", knownOnes.size());
    ObjectNode choosers = root.putObject("choosers");
    for (Chooser chooser : Chooser.values()) {
      if (chooser != Chooser.TRUTH || knownOnes.size() > 1) {
        choosers.set(chooser.wireName(), chosen(chooser, all, knownOnes));
      }
    }
    return root;
  }

  private Known known(Prompt prompt, PromptResult result) {
    double[] worths = new double[result.conversations().size()];
    Arrays.fill(worths, Double.NaN);
    for (int i = 0; i < worths.length && truth.isPresent(); i++) {
      Optional<Map<Facet, Double>> worth =
          truth.get().worth(prompt, result.conversations().get(i).conversation());
      if (worth.isPresent()) {
        worths[i] = new EnsembleScore(worth.get(), rule.ofTruth()).value();
      }
    }
    return new Known(result.conversations(), worths);
  }

  private ObjectNode chosen(Chooser chooser, List<Known> all, List<Known> knownOnes) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (int n : BestOfN.counts(samples)) {
      ObjectNode row = node.putObject(Integer.toString(n));
      row.put("divergence_at_most", BestOfN.divergence(n));
      if (chooser != Chooser.TRUTH) {
        row.set("score", over(chooser, Chooser.ENSEMBLE, all, n));
      }
      if (knownOnes.size() > 1) {
        row.set("worth", over(chooser, Chooser.TRUTH, knownOnes, n));
      }
    }
    return node;
  }

  /** What the chosen ones are in the other's eyes: the mean, and how it differs from n = 1. */
  private ObjectNode over(Chooser chooser, Chooser eyes, List<Known> prompts, int n) {
    double[] one = each(chooser, eyes, prompts, 1);
    double[] best = each(chooser, eyes, prompts, n);
    CountedRandom draws =
        CountedRandom.of(seed).at("best-of").at(chooser.wireName()).at(eyes.wireName()).at(n);
    return Comparison.difference(one, best, resamples, draws)
        .put("mean", Arrays.stream(best).average().orElseThrow());
  }

  private static double[] each(Chooser chooser, Chooser eyes, List<Known> prompts, int n) {
    return prompts.stream()
        .mapToDouble(one -> BestOfN.mean(one.each(chooser), one.each(eyes), n))
        .toArray();
  }
}
