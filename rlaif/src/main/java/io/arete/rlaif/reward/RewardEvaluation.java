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
import java.util.stream.Collectors;

/**
 * Tries exported reward models on held-out pairs, and fits their scales to reference conversations.
 * What is judged is what later stages load, not what was in memory.
 */
final class RewardEvaluation {

  /** What {@link HeldOutReport} and the training say, in the reward model's folder. */
  static final String FILE = "evaluation.json";

  /** Each held-out pair's scores, beside it. */
  static final String PAIRS = "held-out.jsonl";

  private final StageContext context;
  private final RewardSet set;
  private final Map<Facet, PairSet> pairs;
  private final FacetRewardModels exported;

  /** Of the facets that have pairs. */
  RewardEvaluation(
      StageContext context, RewardSet set, Map<Facet, PairSet> pairs, FacetRewardModels exported) {
    this.context = context;
    this.set = set;
    this.pairs = pairs;
    this.exported = exported;
  }

  /** Writes each facet's results, unless all are there. */
  void onHeldOutPairs(RewardTraining.Result trained) {
    if (pairs.keySet().stream().allMatch(facet -> Files.exists(folder(facet).resolve(FILE)))) {
      return;
    }
    List<PairGroup> watch = PairGroup.of(pairs.values().stream().map(PairSet::watch).toList());
    List<FacetText> texts = PairGroup.texts(watch);
    context.listener().begin("held-out pairs of " + names(), "texts", texts.size());
    double[] scores = exported.score(texts, context.listener()::advance);
    VirtueVotes votes = VirtueVotes.read(context.folder().judgements());
    pairs.forEach(
        (facet, own) -> {
          ReadPairs read = ReadPairs.of(watch, scores, facet);
          ObjectNode result = HeldOutReport.of(read, votes);
          addTraining(result, own, facet, trained);
          addParts(result, read);
          AtomicFile.writeText(
              folder(facet).resolve(PAIRS),
              HeldOutReport.lines(read).stream()
                  .map(line -> line + "\n")
                  .collect(Collectors.joining()));
          AtomicFile.writeText(folder(facet).resolve(FILE), JsonFile.text(result));
        });
  }

  private static void addTraining(
      ObjectNode result, PairSet own, Facet facet, RewardTraining.Result trained) {
    RewardStart.Head start = Objects.requireNonNull(trained.start().facets().get(facet));
    result
        .put("first_loss", start.firstLoss())
        .put("first_pairs", start.firstPairs())
        .put("pairs_trained", own.train().size())
        .put("pairs_put_aside", own.aside().size())
        .put("steps", trained.end().steps())
        .put("kept_step", trained.end().kept())
        .put("dropped_too_long", own.tooLong())
        .put("dropped_identical", own.identical())
        .put("cut_share", own.cutShare())
        .put("texts", own.watchTexts());
  }

  private static void addParts(ObjectNode result, ReadPairs read) {
    result.set("inherited", HeldOut.of(read.where(RewardPair::inherited)).toJson());
    result.set("own", HeldOut.of(read.where(pair -> !pair.inherited())).toJson());
    TrueAccuracy.of(read).ifPresent(known -> result.set("truth", known));
  }

  /** Writes each facet's card and normalisation; with the last of them the facets are done. */
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
      ScoreNormalizer normalizer = normalizer(facet, scores);
      String card =
          RewardCard.markdown(
              context, set, facet, JsonFile.read(folder(facet).resolve(FILE)), normalizer);
      AtomicFile.writeText(folder(facet).resolve("README.md"), card);
      NormalizationFile.write(folder(facet), normalizer, scores.length);
    }
  }

  private ScoreNormalizer normalizer(Facet facet, double[] scores) {
    if (scores.length == 0) {
      throw new AreteException(
          "Every reference reply on the "
              + facet.wireName()
              + " is longer than reward.max_length "
              + MaxLength.of(context)
              + "; raise it, or lower feedback.max_reply_tokens.");
    }
    return ScoreNormalizer.of(scores);
  }

  private Path folder(Facet facet) {
    return set.model(context.folder(), facet);
  }

  private String names() {
    return set.title() + RewardTraining.names(List.copyOf(pairs.keySet()));
  }
}
