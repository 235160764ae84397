package io.arete.rlaif.check;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.evaluation.RunScorer;
import io.arete.rlaif.evaluation.ScoredConversation;
import io.arete.rlaif.feedback.Comparison;
import io.arete.rlaif.feedback.JudgeTexts;
import io.arete.rlaif.feedback.TrustedLabeler;
import io.arete.rlaif.stage.StageContext;
import java.util.List;
import java.util.Optional;

/** Who says which of two conversations is better, and has no part in what the ensemble chose. */
sealed interface ChoiceJudge {

  /** For people. */
  String title();

  /**
   * For each duel how probably the chosen conversation is better; one half where it cannot be told.
   */
  double[] chosenIsBetter(List<Duel> duels);

  /** The labeler where it passed its gate, else the watch reward model, if there is either. */
  static Optional<ChoiceJudge> of(StageContext context) {
    if (TrustedLabeler.isHere(context)) {
      List<Facet> trusted = TrustedLabeler.facets(context);
      if (!trusted.isEmpty()) {
        return Optional.of(new Labeler(context, trusted));
      }
    }
    return hasWatchModel(context) ? Optional.of(new WatchModel(context)) : Optional.empty();
  }

  /** Whether there can be one; a labeler may still turn out not to be trusted. */
  static boolean mayBeThere(StageContext context) {
    return TrustedLabeler.isHere(context) || hasWatchModel(context);
  }

  /** Why there is none, one clause. */
  static String nobody(StageContext context) {
    return (TrustedLabeler.isHere(context)
            ? "the labeler has not passed its own gate on any facet"
            : "people are not here to judge, and a server is paid for each answer")
        + "; a watch reward model could (reward.watch_model)";
  }

  private static boolean hasWatchModel(StageContext context) {
    return context.recipe().reward().members().watch();
  }

  /**
   * The run's own labeler.
   *
   * @param facets on which it can be trusted: each duel is judged on one, in turn
   */
  record Labeler(StageContext context, List<Facet> facets) implements ChoiceJudge {

    @Override
    public String title() {
      return "the labeler";
    }

    @Override
    public double[] chosenIsBetter(List<Duel> duels) {
      JudgeTexts texts = new JudgeTexts(context.constitution());
      List<Comparison> comparisons =
          duels.stream()
              .map(
                  duel ->
                      texts.comparison(
                          duel.prompt(),
                          facets.get(duel.index() % facets.size()),
                          duel.chosen(),
                          duel.other()))
              .toList();
      return TrustedLabeler.judge(context, comparisons).stream()
          .mapToDouble(said -> said.orElse(0.5))
          .toArray();
    }
  }

  /** The watch reward model, which has learned from pairs of its own. */
  record WatchModel(StageContext context) implements ChoiceJudge {

    @Override
    public String title() {
      return "the watch reward model";
    }

    @Override
    public double[] chosenIsBetter(List<Duel> duels) {
      List<Prompt> prompts = duels.stream().map(Duel::prompt).toList();
      try (RunScorer scorer = RunScorer.watch(context)) {
        List<ScoredConversation> chosen =
            scorer.score(prompts, duels.stream().map(Duel::chosen).toList());
        List<ScoredConversation> others =
            scorer.score(prompts, duels.stream().map(Duel::other).toList());
        double[] said = new double[duels.size()];
        for (int i = 0; i < said.length; i++) {
          said[i] = (1 + Math.signum(chosen.get(i).score() - others.get(i).score())) / 2;
        }
        return said;
      }
    }
  }
}
