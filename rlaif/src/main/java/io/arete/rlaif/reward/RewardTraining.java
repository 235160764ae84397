package io.arete.rlaif.reward;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import io.arete.rlaif.config.EarlyStopSettings;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.text.FacetTexts.FacetText;
import io.arete.rlaif.training.EarlyStop;
import io.arete.rlaif.training.Foundation;
import io.arete.rlaif.training.Trainee;
import io.arete.rlaif.training.TrainingEnd;
import io.arete.rlaif.training.TrainingLoop;
import io.arete.rlaif.training.TrainingPlan;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Trains one model with a head for each of its facets, and writes each facet's reward model: what
 * was trained with that facet's head.
 */
final class RewardTraining {

  private final Job job;
  private final List<Facet> facets;
  private final Map<Facet, PairSet> pairs;
  private final RewardSection settings;

  /**
   * What is to be trained, and where.
   *
   * @param settings how
   * @param foundation what the model begins as
   * @param draws key of the first weights, of the order of the pairs and of dropout
   * @param listener told of progress
   * @param folder of checkpoints, metrics and start
   * @param models where each facet's model goes
   * @param about what its texts are, for people, such as {@code the action}
   */
  record Job(
      RewardSection settings,
      Foundation foundation,
      CountedRandom draws,
      StageListener listener,
      Path folder,
      Map<Facet, Path> models,
      String about) {}

  /**
   * A training.
   *
   * @param pairs of the facets that are trained together
   */
  RewardTraining(Job job, Map<Facet, PairSet> pairs) {
    this.job = job;
    this.facets = List.copyOf(pairs.keySet());
    this.pairs = pairs;
    this.settings = job.settings();
  }

  /**
   * What came of it.
   *
   * @param start how the heads began
   * @param end how the training ended
   */
  record Result(RewardStart start, TrainingEnd end) {}

  /** Trains to the end, exports one folder a facet, and says how it began and ended. */
  Result run() {
    try (Trainee trainee =
        job.foundation()
            .trainee(
                settings.lora(),
                facets.size(),
                job.draws().at("adapter").bits(0),
                settings.tokensPerPass())) {
      RewardStart start = start(trainee);
      TrainingEnd end =
          new TrainingLoop<>(trainee, objective(), plan(), job.draws(), earlyStop(trainee))
              .run(
                  groups(PairSet::train),
                  job.folder(),
                  job.listener(),
                  "reward model of " + job.about());
      heads(trainee)
          .forEach(
              (facet, head) ->
                  trainee.write(
                      Objects.requireNonNull(job.models().get(facet)), Optional.of(head)));
      return new Result(start, end);
    }
  }

  private PairObjective objective() {
    return new PairObjective(
        facets,
        new PairwiseLoss(settings.centering()),
        settings.margin(),
        new LabelSmoothing(settings.labelSmoothing()));
  }

  private List<PairGroup> groups(Function<PairSet, List<RewardPair>> part) {
    return PairGroup.of(pairs.values().stream().map(part).toList());
  }

  private Optional<EarlyStop> earlyStop(Trainee trainee) {
    EarlyStopSettings stop = settings.earlyStop();
    return stop.enabled()
        ? Optional.of(new EarlyStop(stop.every(), stop.patience(), () -> lossPutAside(trainee)))
        : Optional.empty();
  }

  /** Mean loss on the pairs put aside, without smoothing, margin, centering and dropout. */
  private double lossPutAside(Trainee trainee) {
    List<PairGroup> aside = groups(PairSet::aside);
    double[] scores = read(trainee, PairGroup.texts(aside), done -> {});
    return facets.stream()
        .mapToDouble(facet -> HeldOut.of(ReadPairs.of(aside, scores, facet)).loss())
        .average()
        .orElseThrow();
  }

  /** Sets the heads as they should be before the first step; says how they and the model begin. */
  private RewardStart start(Trainee trainee) {
    Optional<RewardStart> earlier = RewardStart.read(job.folder(), facets);
    if (earlier.isPresent()) {
      earlier.get().facets().forEach((facet, head) -> setHead(trainee, facet, head.factor()));
      return earlier.get();
    }
    List<PairGroup> spread = firstGroups(RewardStart.SPREAD_PAIRS);
    List<PairGroup> groups = firstGroups(RewardStart.PAIRS);
    List<FacetText> spreadTexts = PairGroup.texts(spread);
    List<FacetText> texts = PairGroup.texts(groups);
    job.listener()
        .begin("first loss of " + job.about(), "texts", (long) spreadTexts.size() + texts.size());
    facets.forEach(facet -> setHead(trainee, facet, 1));
    Map<Facet, Double> factors =
        RewardStart.factors(facets, spread, read(trainee, spreadTexts, job.listener()::advance));
    factors.forEach((facet, factor) -> setHead(trainee, facet, factor));
    RewardStart start =
        RewardStart.of(factors, groups, read(trainee, texts, job.listener()::advance));
    start.write(job.folder());
    return start;
  }

  /** Each facet's first training pairs. */
  private List<PairGroup> firstGroups(int most) {
    return groups(set -> set.train().subList(0, Math.min(most, set.train().size())));
  }

  private double[] read(Trainee trainee, List<FacetText> texts, LongConsumer done) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open();
        StackedModel now = trainee.frozen()) {
      return new SequenceScorer(List.of(new SequenceScorer.Trunk(now, heads(trainee))))
          .score(texts, done);
    }
  }

  private Map<Facet, ScalarHead> heads(Trainee trainee) {
    Map<Facet, ScalarHead> heads = new EnumMap<>(Facet.class);
    List<ScalarHead> all = trainee.heads();
    for (int i = 0; i < all.size(); i++) {
      heads.put(facets.get(i), all.get(i));
    }
    return heads;
  }

  /** Gaussian weights of sd factor / √hidden. */
  private void setHead(Trainee trainee, Facet facet, double factor) {
    CountedRandom own = job.draws().at("head").at(facet.wireName());
    int hidden = job.foundation().frozen().decoder().config().shape().hidden();
    float[] values = new float[hidden];
    for (int i = 0; i < hidden; i++) {
      values[i] = (float) (own.gaussian(i) / Math.sqrt((double) hidden) * factor);
    }
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Tensor target = trainee.heads().get(facets.indexOf(facet)).weight();
      target.copyInPlace(Tensors.of(target.device(), values, 1, hidden));
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
}
