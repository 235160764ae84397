package io.arete.rlaif.estimate;

import io.arete.rlaif.config.EvaluationSection;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.config.RevisionSettings;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.config.SftSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.estimate.DataFacts.Texts;
import io.arete.rlaif.run.Stage;
import java.util.Map;

/**
 * What each stage of a recipe computes, in tokens. Replies are reckoned at a share of their limits,
 * and no comparison at a tie.
 */
final class StageWork {

  /** Training pairs of a facet that are read first: 32 for its head's scale, 128 for its loss. */
  private static final int START_PAIRS = 160;

  private static final int REFERENCE = 128;
  private static final int RUNNING = 64;
  private static final int SYSTEMS_ATTACKED = 4;

  /** Of a talk's tokens, those that are a reply. */
  private static final double REPLIES = 0.6;

  /** Tokens of the answer to a plain question. */
  private static final double ANSWER = 8;

  private final Recipe recipe;
  private final DataFacts facts;
  private final TokenCounts counts;
  private final RewardTokens rewardTokens;

  StageWork(Recipe recipe, DataFacts facts) {
    this.recipe = recipe;
    this.facts = facts;
    this.counts = new TokenCounts(recipe, facts, TokenCounts.TYPICAL);
    this.rewardTokens = new RewardTokens(counts);
  }

  /** A stage's work. */
  Work of(Stage stage) {
    return switch (stage) {
      case SFT -> recipe.sft().enabled() ? sft() : Work.NONE;
      case FEEDBACK -> feedback();
      case REWARD -> reward();
      case PPO -> recipe.ppo().fromPairs() ? dpo() : ppo();
      case EVALUATION -> evaluation();
      case ATTACK -> attack();
    };
  }

  private Work sft() {
    SftSection settings = recipe.sft();
    Texts talks = talks();
    double steps = settings.epochs() * Math.ceil((double) talks.count() / settings.batchSize());
    double most = settings.maxSteps() == 0 ? steps : Math.min(steps, settings.maxSteps());
    double seen = Math.min(most * settings.batchSize(), (double) settings.epochs() * talks.count());
    double tokens = seen * talks.tokens();
    Work learning = Work.learning(tokens, REPLIES * tokens, talks.tokens() / 2);
    RevisionSettings revision = settings.revision();
    double written =
        revision.maxReplyTokens()
            + (double) revision.rounds()
                * (revision.maxReplyTokens() + revision.maxCritiqueTokens());
    return learning.plus(
        Work.sampling(revised(), RUNNING, facts.promptTokens(), TokenCounts.TYPICAL * written));
  }

  /** What supervised fine-tuning learns from: talks of others and replies that were revised. */
  Texts talks() {
    double revised =
        facts.promptTokens() + TokenCounts.TYPICAL * recipe.sft().revision().maxReplyTokens();
    Texts given = facts.talks();
    int count = given.count() + (int) revised();
    double tokens = given.count() * given.tokens() + revised() * revised;
    return count == 0 ? Texts.NONE : new Texts(count, tokens / count);
  }

  private double revised() {
    RevisionSettings revision = recipe.sft().revision();
    if (revision.rounds() == 0) {
      return 0;
    }
    int all = facts.prompts(Split.TRAIN);
    return revision.prompts() == 0 ? all : Math.min(all, revision.prompts());
  }

  /** Prompts that get feedback, or people's pairs. */
  double labelled() {
    boolean human = recipe.feedback().source() == FeedbackSection.Source.HUMAN;
    double all =
        human ? facts.pairs().count() : facts.prompts(Split.TRAIN) + facts.prompts(Split.WATCH);
    int limit = recipe.feedback().prompts();
    return limit == 0 ? all : Math.min(all, limit);
  }

  /** Comparisons of one prompt's conversations, on each facet. */
  double comparisons() {
    FeedbackSection settings = recipe.feedback();
    int samples = settings.samples();
    return switch (settings.source()) {
      case HUMAN -> 1;
      case LOCAL, ENDPOINT, TRUTH, COMMITTEE ->
          switch (settings.pairs()) {
            case ADJACENT -> samples - 1;
            case ALL, BEST_WORST -> samples * (samples - 1) / 2.0;
          };
    };
  }

  private Work feedback() {
    FeedbackSection settings = recipe.feedback();
    if (settings.source() == FeedbackSection.Source.HUMAN) {
      double action = TokenCounts.TYPICAL * limits().getOrDefault(Facet.ACTION, 0);
      double written = counts.written(limits()) - action;
      double read = facts.promptTokens() + facts.pairs().tokens();
      return Work.sampling(2 * labelled(), 2.0 * settings.batch(), read, written);
    }
    double known = calibration();
    boolean truth = recipe.data().truth().isPresent();
    double conversations = labelled() * settings.samples() + (truth ? 2 * known : 0);
    double judged = labelled() * comparisons() * judging(true) + known * judging(truth);
    double logits =
        (labelled() * comparisons() * Facet.values().length + known * (truth ? 3 : 1))
            * facts.judgements();
    return conversations(conversations, settings.batch() * settings.samples(), limits())
        .plus(Work.reading(judges() * judged, judges() * logits, facts.promptTokens() * 2));
  }

  /** Pairs on which a labeler is compared with the truth, or else with people. */
  double calibration() {
    int asked = recipe.feedback().calibrationPairs();
    return recipe.data().truth().isPresent()
        ? asked
        : Math.min(asked, facts.pairs().count() * recipe.data().watchShare());
  }

  private double judges() {
    return switch (recipe.feedback().source()) {
      case LOCAL -> 1;
      case COMMITTEE -> recipe.feedback().committee().size();
      case HUMAN, ENDPOINT, TRUTH -> 0;
    };
  }

  private double judging(boolean everyFacet) {
    return everyFacet
        ? facts.judging().values().stream().mapToDouble(Double::doubleValue).sum()
        : facts.judging().getOrDefault(Facet.ACTION, 0.0);
  }

  /** Pairs on train prompts, of each facet. */
  double trainPairs() {
    double splits = Math.max(1, facts.prompts(Split.TRAIN) + facts.prompts(Split.WATCH));
    return labelled() * comparisons() * facts.prompts(Split.TRAIN) / splits;
  }

  private Work reward() {
    RewardSection settings = recipe.reward();
    double pairs = labelled() * comparisons();
    double train = trainPairs();
    double example = rewardTokens.examples();
    double context = facts.promptTokens() / 2 + counts.replies(limits()) / 2;
    return Work.learning(settings.epochs() * train * example, 0, context)
        .plus(Work.reading((pairs - train + Math.min(train, START_PAIRS)) * example, 0, context))
        .plus(conversations(REFERENCE, RUNNING, limits()))
        .plus(scoring(REFERENCE, limits()));
  }

  private Work ppo() {
    PpoSection settings = recipe.ppo();
    Map<Facet, Integer> limits = settings.maxReplyTokens();
    double conversations = settings.promptsPerIteration() * (double) settings.samplesPerPrompt();
    double round = counts.round();
    double trained = conversations * counts.trained(limits);
    double context = round / conversations / 2;
    boolean kept = settings.update().miniBatches() == 1;
    int critics = settings.ownCritic() ? 1 : 0;
    Work iteration =
        conversations(conversations, conversations, limits)
            .plus(scoring(conversations, limits))
            // The reference, the critic, and unless its first step keeps it the policy.
            .plus(Work.reading(((kept ? 1 : 2) + critics) * round, 2 * trained, context))
            .plus(
                Work.learning(
                    (1.0 + critics) * settings.update().epochs() * round,
                    settings.update().epochs() * trained,
                    context));
    return iteration.plus(ordinary(settings)).times(settings.iterations()).plus(looks(settings));
  }

  /** The reference reads the pairs once, the policy learns them. */
  private Work dpo() {
    double epochs = recipe.dpo().epochs();
    double tokens = trainPairs() * counts.dpoPair();
    double replies = trainPairs() * counts.dpoReplies();
    double context = counts.dpoPair() / 2;
    return Work.reading(tokens, replies, context)
        .plus(Work.learning(epochs * tokens, epochs * replies, context));
  }

  /** Looks at the policy, where somebody scores them. */
  private Work looks(PpoSection settings) {
    boolean watched = recipe.reward().members().watch();
    boolean scored = watched || recipe.data().truth().isPresent();
    if (settings.watch().every() == 0 || !scored) {
      return Work.NONE;
    }
    double looks = 2 + (double) settings.iterations() / settings.watch().every();
    double prompts = Math.min(settings.watch().prompts(), facts.prompts(Split.WATCH));
    return conversations(prompts, RUNNING, settings.maxReplyTokens())
        .plus(scoring(prompts, settings.maxReplyTokens()).times(watched ? 2 : 1))
        .times(looks);
  }

  /** Ordinary replies that are mixed into an iteration's steps. */
  private Work ordinary(PpoSection settings) {
    if (!settings.ptx().enabled()) {
      return Work.NONE;
    }
    double talk = facts.talks().tokens();
    double tokens = settings.update().steps() * settings.ptx().batchSize() * talk;
    return Work.learning(tokens, REPLIES * tokens, talk / 2);
  }

  private Work evaluation() {
    EvaluationSection settings = recipe.evaluation();
    Map<Facet, Integer> limits = recipe.ppo().maxReplyTokens();
    double prompts = Math.min(settings.prompts(), facts.prompts(Split.VERDICT));
    double conversations = prompts * settings.samples();
    boolean sft = recipe.sft().enabled();
    double sampled = prompts * settings.conversations(sft);
    int systems = settings.answering(sft);
    double length = facts.promptTokens() + counts.replies(limits);
    Work questions =
        Work.sampling(facts.questions().count(), RUNNING, facts.questions().tokens(), ANSWER);
    return conversations(sampled, RUNNING, limits)
        .plus(scoring(sampled, limits))
        .plus(questions.times(systems))
        .plus(
            Work.reading(
                2 * conversations * length,
                2 * conversations * counts.trained(limits),
                length / 2));
  }

  private Work attack() {
    Map<Facet, Integer> limits = recipe.ppo().maxReplyTokens();
    double requests = facts.attacks().count();
    double more = requests * (facts.attacks().tokens() - facts.promptTokens());
    return conversations(requests, RUNNING, limits)
        .plus(scoring(requests, limits))
        .plus(Work.reading(Math.max(0, more), 0, facts.attacks().tokens()))
        .times(SYSTEMS_ATTACKED);
  }

  private Map<Facet, Integer> limits() {
    return recipe.feedback().maxReplyTokens();
  }

  /** Three replies each, and the questions between. */
  private Work conversations(double count, double atOnce, Map<Facet, Integer> limits) {
    double written = counts.written(limits);
    double read = facts.promptTokens() + counts.replies(limits) - written;
    return Work.sampling(count, atOnce, read, written);
  }

  private Work scoring(double conversations, Map<Facet, Integer> limits) {
    double tokens = rewardTokens.scored(limits);
    return Work.reading(conversations * tokens, 0, tokens / 6);
  }
}
