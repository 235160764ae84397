package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.adapter.StackExport;
import io.arete.engine.model.DecoderModel;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.sft.SftModel;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.FacetTexts;
import io.arete.rlaif.training.LoraForm;
import io.arete.rlaif.training.TrainingLoop;
import io.arete.rlaif.training.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One facet's reward model, from its pairs to its folder. */
final class FacetTraining {

  private final StageContext context;
  private final FacetTexts texts;
  private final SftModel sft;
  private final Facet facet;
  private final DecoderModel model;
  private final RewardSection settings;
  private final Path folder;

  FacetTraining(StageContext context, FacetTexts texts, SftModel sft, Facet facet) {
    this.context = context;
    this.texts = texts;
    this.sft = sft;
    this.facet = facet;
    this.model = context.model().decoder();
    this.settings = context.recipe().reward();
    this.folder = context.folder().reward(facet);
  }

  /**
   * Trains, exports, evaluates on held-out pairs, and fits the scale to reference conversations.
   */
  void run(List<Conversation> reference) {
    PairSet pairs = PairSet.read(context, texts, facet);
    CountedRandom draws = context.draws(Stage.REWARD).at(facet.wireName());
    RewardStart start = start(pairs, draws);
    try (Adapter adapter = start.adapter()) {
      AdapterStack stack = sft.stack().with(adapter);
      PairObjective objective =
          new PairObjective(
              model,
              adapter.head().orElseThrow(),
              new PairwiseLoss(settings.centering()),
              settings.margin());
      new TrainingLoop<>(model, stack, objective, plan(), draws)
          .run(
              pairs.train(), folder, context.listener(), "reward model of the " + facet.wireName());
      export(stack);
    }
    // What is judged is what later stages load, not what was in memory.
    try (FacetRewardModels exported = new FacetRewardModels(model, texts, Map.of(facet, folder))) {
      evaluate(pairs, start, exported);
      normalize(reference, exported);
    }
  }

  private RewardStart start(PairSet pairs, CountedRandom draws) {
    try (FrozenStack below = sft.frozen()) {
      return RewardStart.of(model, below, LoraForm.of(settings.lora()), pairs.train(), draws);
    }
  }

  private TrainingPlan plan() {
    return new TrainingPlan(
        settings.epochs(),
        0,
        settings.batchSize(),
        settings.tokensPerPass(),
        settings.optimizer(),
        settings.checkpointEvery());
  }

  private void export(AdapterStack stack) {
    try (Adapter joined = StackExport.join(stack, model.config())) {
      AdapterFiles.write(folder, joined, context.recipe().general().base().toString());
    }
  }

  private void evaluate(PairSet pairs, RewardStart start, FacetRewardModels exported) {
    List<RewardPair> watch = pairs.watch();
    double[] differences = RewardPair.differences(watch, texts -> exported.score(facet, texts));
    double[] labels = watch.stream().mapToDouble(RewardPair::p).toArray();
    TemperatureFit fit = TemperatureFit.of(differences, labels);
    ObjectNode result = HeldOut.of(watch, differences).toJson();
    result
        .put("first_loss", start.firstLoss())
        .put("first_pairs", start.firstPairs())
        .put("pairs_trained", pairs.train().size())
        .put("dropped_too_long", pairs.tooLong())
        .put("dropped_identical", pairs.identical())
        .put("cut_share", pairs.cutShare());
    result
        .putObject("temperature_fit")
        .put("inverse_temperature", fit.inverseTemperature())
        .put("fit_loss", fit.fitLoss())
        .put("held_out_loss", fit.heldOutLoss())
        .put("learned", fit.learned());
    result.set("inherited", part(watch, differences, true).toJson());
    result.set("own", part(watch, differences, false).toJson());
    AtomicFile.writeText(folder.resolve("evaluation.json"), JsonFile.text(result));
  }

  /** How it does on the pairs whose label is inherited, or is not. */
  private static HeldOut part(List<RewardPair> pairs, double[] differences, boolean inherited) {
    List<RewardPair> chosen = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    for (int i = 0; i < differences.length; i++) {
      if (pairs.get(i).inherited() == inherited) {
        chosen.add(pairs.get(i));
        theirs.add(differences[i]);
      }
    }
    return HeldOut.of(chosen, theirs.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private void normalize(List<Conversation> reference, FacetRewardModels exported) {
    Map<String, Prompt> prompts = context.data().promptsById();
    List<Prompt> theirs =
        reference.stream()
            .map(one -> Objects.requireNonNull(prompts.get(one.promptId()), one.promptId()))
            .toList();
    double[] scores =
        Arrays.stream(exported.score(facet, theirs, reference)).filter(Double::isFinite).toArray();
    NormalizationFile.write(folder, normalizer(scores), scores.length);
  }

  private ScoreNormalizer normalizer(double[] scores) {
    if (scores.length == 0) {
      throw new AreteException(
          "Every reference reply on the "
              + facet.wireName()
              + " is longer than reward.max_length "
              + settings.maxLength()
              + "; raise it, or lower feedback.max_reply_tokens.");
    }
    return ScoreNormalizer.of(scores);
  }
}
