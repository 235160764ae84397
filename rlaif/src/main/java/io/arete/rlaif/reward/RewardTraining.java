package io.arete.rlaif.reward;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.adapter.StackExport;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.sft.SftModel;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.FacetTexts.FacetText;
import io.arete.rlaif.training.LoraForm;
import io.arete.rlaif.training.MemoryChoice;
import io.arete.rlaif.training.TrainingLoop;
import io.arete.rlaif.training.TrainingPlan;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains one adapter with a head for each of its facets, and writes each facet's reward model: the
 * adapter with that facet's head.
 */
final class RewardTraining {

  private final StageContext context;
  private final SftModel sft;
  private final List<Facet> facets;
  private final Map<Facet, PairSet> pairs;
  private final Path folder;
  private final String name;
  private final DecoderModel model;
  private final RewardSection settings;
  private final CountedRandom draws;

  /**
   * A training.
   *
   * @param pairs of the facets that are trained together
   * @param folder of checkpoints, metrics and start
   * @param key of its draws
   */
  RewardTraining(
      StageContext context, SftModel sft, Map<Facet, PairSet> pairs, Path folder, String key) {
    this.context = context;
    this.sft = sft;
    this.facets = List.copyOf(pairs.keySet());
    this.pairs = pairs;
    this.folder = folder;
    this.name = "reward model of " + RewardTraining.names(facets);
    this.model = context.model().decoder();
    this.settings = context.recipe().reward();
    this.draws = context.draws(Stage.REWARD).at(key);
  }

  /** Trains to the end, exports one folder a facet, and says how it began. */
  RewardStart run() {
    try (Adapter adapter =
        Adapter.fresh(
            LoraForm.of(settings.lora(), model.config().family()),
            model.config(),
            facets.size(),
            draws.at("adapter").bits(0),
            model.device())) {
      RewardStart start = start(adapter);
      AdapterStack stack = sft.stack().with(adapter);
      PairObjective objective =
          new PairObjective(
              model,
              () -> heads(adapter),
              new PairwiseLoss(settings.centering()),
              settings.margin());
      List<PairGroup> examples = PairGroup.of(pairs.values().stream().map(PairSet::train).toList());
      new TrainingLoop<>(model, stack, objective, plan(), draws)
          .run(examples, folder, context.listener(), name);
      export(stack, adapter);
      return start;
    }
  }

  /** The heads as they should be before the first step, and what the model then says. */
  private RewardStart start(Adapter adapter) {
    Optional<RewardStart> earlier = RewardStart.read(folder, facets);
    RewardStart start;
    if (earlier.isPresent()) {
      start = earlier.get();
    } else {
      facets.forEach(facet -> setHead(adapter, facet, 1));
      start = firstReading(adapter);
      start.write(folder);
    }
    start.facets().forEach((facet, head) -> setHead(adapter, facet, head.factor()));
    return start;
  }

  private RewardStart firstReading(Adapter adapter) {
    List<PairGroup> groups =
        PairGroup.of(
            pairs.values().stream()
                .map(set -> set.train().subList(0, Math.min(RewardStart.PAIRS, set.train().size())))
                .toList());
    List<FacetText> texts = PairGroup.texts(groups);
    context.listener().begin("first loss of " + names(facets), "texts", texts.size());
    // The fresh adapter changes nothing yet, so what is below says what its model says.
    try (FrozenStack below = sft.frozen();
        NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      double[] scores =
          new SequenceScorer(model, List.of(new SequenceScorer.Trunk(below, heads(adapter))))
              .score(texts, context.listener()::advance);
      return RewardStart.of(facets, groups, scores);
    }
  }

  private Map<Facet, ScalarHead> heads(Adapter adapter) {
    Map<Facet, ScalarHead> heads = new EnumMap<>(Facet.class);
    List<ScalarHead> all = adapter.heads();
    for (int i = 0; i < all.size(); i++) {
      heads.put(facets.get(i), all.get(i));
    }
    return heads;
  }

  /** Gaussian weights of sd factor / √hidden. */
  private void setHead(Adapter adapter, Facet facet, double factor) {
    CountedRandom own = draws.at("head").at(facet.wireName());
    int hidden = model.config().shape().hidden();
    float[] values = new float[hidden];
    for (int i = 0; i < hidden; i++) {
      values[i] = (float) (own.gaussian(i) / Math.sqrt((double) hidden) * factor);
    }
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Tensor target = adapter.parameters().get(Adapter.HEAD).narrow(0, facets.indexOf(facet), 1);
      target.copyInPlace(Tensors.of(model.device(), values, 1, hidden));
    }
  }

  private TrainingPlan plan() {
    return new TrainingPlan(
        settings.epochs(),
        0,
        settings.batchSize(),
        settings.tokensPerPass(),
        MemoryChoice.of(context, settings.lora(), settings.tokensPerPass()),
        settings.optimizer(),
        settings.checkpointEvery());
  }

  private void export(AdapterStack stack, Adapter adapter) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      heads(adapter)
          .forEach(
              (facet, head) -> {
                try (Adapter joined = StackExport.join(stack, model.config(), Optional.of(head))) {
                  AdapterFiles.write(
                      context.folder().reward(facet),
                      joined,
                      context.recipe().general().base().toString());
                }
              });
    }
  }

  /** For people: "the action", or "all facets". */
  static String names(List<Facet> facets) {
    return facets.size() == 1 ? "the " + facets.get(0).wireName() : "all facets";
  }
}
