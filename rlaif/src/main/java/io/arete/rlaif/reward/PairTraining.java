package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.config.RewardSection.Heads;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Checkpoints;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.FacetTexts.FacetText;
import io.arete.rlaif.training.Foundation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Trains one reward model on pairs that someone has, over the plain base. The run's folder becomes
 * the model's: with {@code lengths.json}, and the files that {@link RewardStage} leaves in a
 * model's folder. What the training itself needs lies in {@code training/}.
 */
public final class PairTraining {

  /** The folder of checkpoints, metrics and start. */
  public static final String TRAINING = "training";

  private static final String ABOUT = "the replies";

  private static final String LENGTHS = "lengths.json";

  /** Train pairs whose scores give the scale. */
  private static final int REFERENCE_PAIRS = 128;

  private final StageContext context;
  private final Path file;
  private final Path root;
  private final RewardSection settings;

  private PairTraining(StageContext context, Path file) {
    this.context = context;
    this.file = file;
    this.root = context.folder().root();
    this.settings = context.recipe().reward();
  }

  /**
   * Trains, or goes on, and tries the model on the pairs of the watch split.
   *
   * @param context whose folder is the model's, and whose data are the pairs' prompts
   * @param file that the pairs come from, for messages
   * @param given all pairs; their ids are unique
   * @return what evaluation.json says
   * @throws AreteException if there are too few pairs, or a loss is no number
   */
  public static ObjectNode run(StageContext context, Path file, List<GivenComparison> given) {
    return new PairTraining(context, file).run(given);
  }

  /**
   * Refuses settings that ask for more than one model.
   *
   * @throws AreteException if these do
   */
  public static void requireOneModel(RewardSection settings) {
    if (settings.heads() == Heads.SHARED
        || settings.members().seeds() > 1
        || settings.members().watch()) {
      throw new AreteException(
          "reward train makes one model, but reward.heads is shared, reward.seeds above 1 or"
              + " reward.watch_model true; leave them out, and train again with another --seed"
              + " for a second model.");
    }
  }

  private ObjectNode run(List<GivenComparison> given) {
    Path evaluation = root.resolve(RewardEvaluation.FILE);
    // Whoever tries the model later shall know which prompts it has seen.
    AtomicFile.writeText(context.folder().splits(), context.data().splits().toJson() + "\n");
    if (!Files.exists(root.resolve(NormalizationFile.NAME))) {
      GivenTexts texts = new GivenTexts(context.model(), longest(given), "reward.max_length");
      train(texts, pairs(texts, given));
    }
    // Nothing is continued once the model is there.
    Checkpoints.open(root.resolve(TRAINING)).clear();
    return (ObjectNode) JsonFile.read(evaluation);
  }

  private void train(GivenTexts texts, PairSet pairs) {
    Map<Facet, Path> model = Map.of(Facet.ACTION, root);
    Map<Facet, PairSet> own = Map.of(Facet.ACTION, pairs);
    try (Foundation foundation = Foundation.base(context)) {
      RewardTraining.Job job =
          new RewardTraining.Job(
              settings,
              foundation,
              context.draws(Stage.REWARD),
              context.listener(),
              root.resolve(TRAINING),
              model,
              ABOUT);
      RewardTraining.Result trained = new RewardTraining(job, own).run();
      try (FacetRewardModels exported =
          new FacetRewardModels(context.model().decoder(), texts.builder(), model)) {
        RewardEvaluation evaluation =
            new RewardEvaluation(context.listener(), ABOUT, model, own, exported);
        evaluation.onHeldOutPairs(trained, () -> VirtueVotes.NONE);
        List<FacetText> reference =
            pairs.train().stream()
                .limit(REFERENCE_PAIRS)
                .flatMap(pair -> pair.texts().stream())
                .toList();
        context.listener().begin("scale", "texts", reference.size());
        evaluation.finish(
            Facet.ACTION,
            exported.score(reference, context.listener()::advance),
            RewardCard.ofPairs(context, file, MaxLength.in(root.resolve(LENGTHS))));
      }
    }
  }

  private int longest(List<GivenComparison> given) {
    Path lengths = root.resolve(LENGTHS);
    if (!Files.exists(lengths)) {
      context.listener().begin("lengths of the pairs' texts", "pairs", given.size());
      AtomicFile.writeText(
          lengths,
          JsonFile.text(LengthReport.ofGiven(context, GivenTexts.lengths(context.model(), given))));
      context.listener().advance(given.size());
    }
    return MaxLength.in(lengths);
  }

  private PairSet pairs(GivenTexts texts, List<GivenComparison> given) {
    GivenTexts.Read read = texts.read(given);
    PairSet all =
        new PairSet(
            file,
            of(Split.TRAIN, read.pairs()),
            List.of(),
            of(Split.WATCH, read.pairs()),
            read.tooLong(),
            read.identical());
    all.requireEnough();
    return all.part(RewardSet.FIRST, TrainParts.of(context));
  }

  private List<RewardPair> of(Split split, List<RewardPair> pairs) {
    return pairs.stream()
        .filter(pair -> context.data().splits().of(pair.prompt()) == split)
        .toList();
  }
}
