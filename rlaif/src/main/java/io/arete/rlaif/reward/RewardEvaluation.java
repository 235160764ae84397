package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.text.FacetTexts.FacetText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
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

  private final StageListener listener;
  private final String about;
  private final Map<Facet, Path> folders;
  private final Map<Facet, PairSet> pairs;
  private final FacetRewardModels exported;

  /**
   * Of the facets that have pairs.
   *
   * @param about what the texts are, for people, such as {@code the action}
   * @param folders of the facets' models
   */
  RewardEvaluation(
      StageListener listener,
      String about,
      Map<Facet, Path> folders,
      Map<Facet, PairSet> pairs,
      FacetRewardModels exported) {
    this.listener = listener;
    this.about = about;
    this.folders = folders;
    this.pairs = pairs;
    this.exported = exported;
  }

  /**
   * Writes each facet's results, unless all are there.
   *
   * @param known what the labeler said on each virtue
   */
  void onHeldOutPairs(RewardTraining.Result trained, Supplier<VirtueVotes> known) {
    if (pairs.keySet().stream().allMatch(facet -> Files.exists(folder(facet).resolve(FILE)))) {
      return;
    }
    List<PairGroup> watch = PairGroup.of(pairs.values().stream().map(PairSet::watch).toList());
    List<FacetText> texts = PairGroup.texts(watch);
    listener.begin("held-out pairs of " + about, "texts", texts.size());
    double[] scores = exported.score(texts, listener::advance);
    VirtueVotes votes = known.get();
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

  /**
   * Writes a facet's card and normalisation; with the last of them the facets are done.
   *
   * @param reference scores of the texts whose mean is to be 0 and whose sd 1
   */
  void finish(Facet facet, double[] reference, RewardCard card) {
    ScoreNormalizer normalizer = ScoreNormalizer.of(reference);
    AtomicFile.writeText(
        folder(facet).resolve("README.md"),
        card.markdown(JsonFile.read(folder(facet).resolve(FILE)), normalizer));
    NormalizationFile.write(folder(facet), normalizer, reference.length);
  }

  private Path folder(Facet facet) {
    return Objects.requireNonNull(folders.get(facet));
  }
}
