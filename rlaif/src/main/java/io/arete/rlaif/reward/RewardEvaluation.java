package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.FacetTexts.FacetText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Tries exported reward models on held-out pairs, and fits their scales to reference conversations.
 * What is judged is what later stages load, not what was in memory.
 */
final class RewardEvaluation {

  private static final String FILE = "evaluation.json";

  private final StageContext context;
  private final Map<Facet, PairSet> pairs;
  private final FacetRewardModels exported;

  /** Of the facets that have pairs. */
  RewardEvaluation(StageContext context, Map<Facet, PairSet> pairs, FacetRewardModels exported) {
    this.context = context;
    this.pairs = pairs;
    this.exported = exported;
  }

  /** Writes each facet's {@code evaluation.json}, unless all are there. */
  void onHeldOutPairs(RewardStart start) {
    if (pairs.keySet().stream().allMatch(facet -> Files.exists(folder(facet).resolve(FILE)))) {
      return;
    }
    List<PairGroup> watch = PairGroup.of(pairs.values().stream().map(PairSet::watch).toList());
    List<FacetText> texts = PairGroup.texts(watch);
    context.listener().begin("held-out pairs of " + names(), "texts", texts.size());
    double[] scores = exported.score(texts, context.listener()::advance);
    pairs.forEach(
        (facet, set) -> {
          ReadPairs read = ReadPairs.of(watch, scores, facet);
          ObjectNode result = result(read, set, Objects.requireNonNull(start.facets().get(facet)));
          AtomicFile.writeText(folder(facet).resolve(FILE), JsonFile.text(result));
        });
  }

  private static ObjectNode result(ReadPairs read, PairSet set, RewardStart.Head start) {
    TemperatureFit fit = TemperatureFit.of(read.differences(), read.labels());
    ObjectNode result = HeldOut.of(read).toJson();
    result
        .put("first_loss", start.firstLoss())
        .put("first_pairs", start.firstPairs())
        .put("pairs_trained", set.train().size())
        .put("dropped_too_long", set.tooLong())
        .put("dropped_identical", set.identical())
        .put("cut_share", set.cutShare())
        .put("texts", set.watchTexts());
    result
        .putObject("temperature_fit")
        .put("inverse_temperature", fit.inverseTemperature())
        .put("fit_loss", fit.fitLoss())
        .put("held_out_loss", fit.heldOutLoss())
        .put("learned", fit.learned());
    result.set("inherited", HeldOut.of(read.inherited(true)).toJson());
    result.set("own", HeldOut.of(read.inherited(false)).toJson());
    TrueAccuracy.of(read).ifPresent(known -> result.set("truth", known));
    return result;
  }

  /** Writes each facet's normalisation; with the last of them the facets are done. */
  void onReference(List<Conversation> reference) {
    Map<String, Prompt> prompts = context.data().promptsById();
    List<Prompt> theirs =
        reference.stream()
            .map(one -> Objects.requireNonNull(prompts.get(one.promptId()), one.promptId()))
            .toList();
    Map<Facet, double[]> read = exported.score(theirs, reference);
    for (Facet facet : pairs.keySet()) {
      double[] scores =
          Arrays.stream(Objects.requireNonNull(read.get(facet))).filter(Double::isFinite).toArray();
      NormalizationFile.write(folder(facet), normalizer(facet, scores), scores.length);
    }
  }

  private ScoreNormalizer normalizer(Facet facet, double[] scores) {
    if (scores.length == 0) {
      throw new AreteException(
          "Every reference reply on the "
              + facet.wireName()
              + " is longer than reward.max_length "
              + context.recipe().reward().maxLength()
              + "; raise it, or lower feedback.max_reply_tokens.");
    }
    return ScoreNormalizer.of(scores);
  }

  private Path folder(Facet facet) {
    return context.folder().reward(facet);
  }

  private String names() {
    return RewardTraining.names(List.copyOf(pairs.keySet()));
  }
}
