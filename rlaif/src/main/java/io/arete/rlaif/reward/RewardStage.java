package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.config.RewardMembers;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.config.RewardSection.Heads;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Checkpoints;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.rlaif.text.FacetTexts;
import io.arete.rlaif.training.Foundation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Trains the facets' reward models on what the feedback stage left. Each folder {@code
 * reward/FACET/} ends with the model in PEFT form (one adapter on the plain base, with its head),
 * {@code evaluation.json}, {@code held-out.jsonl}, {@code README.md}, and last {@code
 * normalization.json}. Metrics and start of a training stand beside the model, or in {@code
 * reward/shared/} if all facets share one adapter. Other sets of models lie in folders of their
 * own, see {@link RewardSet}. {@code reward/lengths.json} says how long texts are, {@code
 * reward/members.json} how far the members of the ensemble say the same.
 */
public final class RewardStage {

  /** The file in the stage's folder that says how far the members of the ensemble say the same. */
  public static final String MEMBERS = "members.json";

  private static final String SHARED = "shared";

  private final StageContext context;
  private final Foundation foundation;
  private final FacetTexts texts;
  private final TrainParts parts;
  private final List<Conversation> reference;
  private final Map<Facet, PairSet> pairs = new EnumMap<>(Facet.class);

  private RewardStage(StageContext context, Foundation foundation) {
    Constitution constitution = constitution(context);
    ConversationPieces pieces = new ConversationPieces(context.model().encoder(), constitution);
    this.context = context;
    this.foundation = foundation;
    this.texts = new FacetTexts(pieces, constitution, MaxLength.decide(context));
    this.parts = TrainParts.of(context);
    this.reference = ReferenceConversations.of(context, foundation.frozen(), pieces);
  }

  /**
   * Runs or continues the stage.
   *
   * @throws AreteException if a facet has too few pairs, a pair's conversation is missing, or a
   *     loss is no number
   */
  public static void run(StageContext context) {
    try (Foundation foundation = Foundation.tuned(context)) {
      RewardStage stage = new RewardStage(context, foundation);
      RewardMembers members = context.recipe().reward().members();
      RewardSet.all(members).forEach(stage::train);
      stage.writeMembers(RewardSet.ensemble(members));
    }
  }

  /** Trains a set. Watch and verdict models, of which one score is wanted, share an adapter. */
  private void train(RewardSet set) {
    List<Facet> all = List.of(Facet.values());
    boolean together =
        set.role() != RewardSet.Role.ENSEMBLE || context.recipe().reward().heads() == Heads.SHARED;
    if (together) {
      train(set, all, SHARED);
    } else {
      all.forEach(facet -> train(set, List.of(facet), facet.wireName()));
    }
  }

  /** Trains facets together on one adapter, unless they are done. */
  private void train(RewardSet set, List<Facet> facets, String name) {
    Map<Facet, Path> models = new EnumMap<>(Facet.class);
    facets.forEach(facet -> models.put(facet, set.model(context.folder(), facet)));
    Path folder = set.root(context.folder()).resolve(name);
    if (!models.values().stream()
        .allMatch(model -> Files.exists(model.resolve(NormalizationFile.NAME)))) {
      Map<Facet, PairSet> own = new EnumMap<>(Facet.class);
      facets.forEach(facet -> own.put(facet, pairs(facet).part(set, parts)));
      RewardTraining.Result trained =
          new RewardTraining(
                  new RewardTraining.Job(
                      context.recipe().reward(),
                      foundation,
                      context.draws(Stage.REWARD).at(set.drawsKey(name)),
                      context.listener(),
                      folder,
                      models,
                      about(set, facets)),
                  own)
              .run();
      evaluate(set, own, models, trained);
    }
    Checkpoints.open(folder).clear();
  }

  /** For people: "the action", "all facets", "watch: all facets". */
  private static String about(RewardSet set, List<Facet> facets) {
    String whole = facets.size() == 1 ? "the " + facets.get(0).wireName() : "all facets";
    return set.name().isEmpty() ? whole : set.name() + ": " + whole;
  }

  private void evaluate(
      RewardSet set,
      Map<Facet, PairSet> own,
      Map<Facet, Path> models,
      RewardTraining.Result trained) {
    try (FacetRewardModels exported =
        new FacetRewardModels(context.model().decoder(), texts, models)) {
      RewardEvaluation evaluation =
          new RewardEvaluation(
              context.listener(), about(set, List.copyOf(own.keySet())), models, own, exported);
      evaluation.onHeldOutPairs(trained, () -> VirtueVotes.read(context.folder().judgements()));
      Map<String, Prompt> prompts = context.data().promptsById();
      List<Prompt> theirs =
          reference.stream()
              .map(one -> Objects.requireNonNull(prompts.get(one.promptId()), one.promptId()))
              .toList();
      Map<Facet, double[]> read = exported.score(theirs, reference);
      for (Facet facet : own.keySet()) {
        evaluation.finish(
            facet,
            readable(facet, Objects.requireNonNull(read.get(facet))),
            RewardCard.ofRun(context, set, facet));
      }
    }
  }

  private double[] readable(Facet facet, double[] scores) {
    double[] readable = Arrays.stream(scores).filter(Double::isFinite).toArray();
    if (readable.length == 0) {
      throw new AreteException(
          "Every reference reply on the "
              + facet.wireName()
              + " is longer than reward.max_length "
              + MaxLength.of(context)
              + "; raise it, or lower feedback.max_reply_tokens.");
    }
    return readable;
  }

  /** All facets' pairs are read at once, so that the conversations need not be kept. */
  private PairSet pairs(Facet facet) {
    if (pairs.isEmpty()) {
      FeedbackPairs feedback = FeedbackPairs.read(context);
      for (Facet each : Facet.values()) {
        pairs.put(each, PairSet.read(context, feedback, texts, each));
      }
    }
    return Objects.requireNonNull(pairs.get(facet));
  }

  private void writeMembers(List<RewardSet> sets) {
    Map<String, HeldOutScores> all = new LinkedHashMap<>();
    Map<Facet, List<HeldOutScores>> byFacet = new EnumMap<>(Facet.class);
    for (RewardSet set : sets) {
      for (Facet facet : Facet.values()) {
        HeldOutScores scores = HeldOutScores.read(set.model(context.folder(), facet));
        all.put((facet.wireName() + " " + set.name()).strip(), scores);
        byFacet.computeIfAbsent(facet, key -> new ArrayList<>()).add(scores);
      }
    }
    ObjectNode report = MemberReport.correlations(all);
    MemberReport.disagreement(byFacet.values().stream().map(models -> models.get(0)).toList())
        .ifPresent(found -> report.set("disagreement_of_facets", found));
    if (sets.size() > 1) {
      ObjectNode seeds = report.putObject("disagreement_of_seeds");
      byFacet.forEach(
          (facet, models) ->
              MemberReport.disagreement(models)
                  .ifPresent(found -> seeds.set(facet.wireName(), found)));
    }
    AtomicFile.writeText(
        context.folder().stage(Stage.REWARD).resolve(MEMBERS), JsonFile.text(report));
  }

  /** The one builder of what the run's reward models read. */
  public static FacetTexts texts(StageContext context) {
    Constitution constitution = constitution(context);
    return new FacetTexts(
        new ConversationPieces(context.model().encoder(), constitution),
        constitution,
        MaxLength.of(context));
  }

  /** The run's constitution, with what the recipe says about reading. */
  public static Constitution constitution(StageContext context) {
    RewardSection settings = context.recipe().reward();
    return settings
        .reads()
        .map(way -> context.constitution().reading(way))
        .orElse(context.constitution());
  }
}
