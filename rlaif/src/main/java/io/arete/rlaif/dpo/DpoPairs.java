package io.arete.rlaif.dpo;

import io.arete.engine.AreteException;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.reward.FeedbackPairs;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stats.Logistic;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.rlaif.text.TrainedTokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The preference pairs on train prompts as DPO learns them. Where only the action is trained, those
 * about the action; where all replies are, whole conversations, whose log-odds are the mean over
 * the facets on which they were compared.
 */
final class DpoPairs {

  /** A label of 0 or 1 has no log-odds; people's labels are not surer than this. */
  private static final double SUREST = 1e-3;

  private DpoPairs() {}

  /**
   * Reads what the feedback stage left.
   *
   * @throws AreteException if a pair's conversation is missing, or no pair is left
   */
  static List<DpoPair> read(StageContext context) {
    PpoSection.TrainTurns turns = context.recipe().ppo().trainTurns();
    ConversationPieces pieces =
        new ConversationPieces(context.model().encoder(), context.constitution());
    List<DpoPair> pairs =
        compared(context, TrainedTokens.facets(turns)).stream()
            .filter(one -> context.data().splits().of(one.prompt()) == Split.TRAIN)
            .map(
                one ->
                    new DpoPair(
                        one.id(),
                        TrainedTokens.of(pieces, one.prompt(), one.first(), turns),
                        TrainedTokens.of(pieces, one.prompt(), one.second(), turns),
                        one.p()))
            .toList();
    if (pairs.isEmpty()) {
      throw new AreteException(
          context.folder().preferences(Facet.ACTION)
              + " and its neighbours have no pair on a train prompt, so DPO has nothing to learn;"
              + " give more prompts, or take another ppo.algorithm.");
    }
    return pairs;
  }

  /**
   * Two conversations and all that was said about them.
   *
   * @param first the lower sample
   * @param logOdds that the first is better, for each facet on which they were compared
   */
  private record Compared(
      Prompt prompt, Conversation first, Conversation second, List<Double> logOdds) {

    String id() {
      return prompt.id() + " " + first.sample() + " " + second.sample();
    }

    double p() {
      double mean = logOdds.stream().mapToDouble(Double::doubleValue).average().orElse(0);
      return Logistic.sigmoid(mean);
    }
  }

  private static List<Compared> compared(StageContext context, List<Facet> facets) {
    FeedbackPairs feedback = FeedbackPairs.read(context);
    Map<String, Compared> byPair = new LinkedHashMap<>();
    for (Facet facet : facets) {
      for (FeedbackPairs.Found found : feedback.of(facet)) {
        boolean inOrder = found.first().sample() < found.second().sample();
        Compared empty =
            new Compared(
                found.prompt(),
                inOrder ? found.first() : found.second(),
                inOrder ? found.second() : found.first(),
                new ArrayList<>());
        double logOdds = logOdds(found.preference());
        byPair.computeIfAbsent(empty.id(), id -> empty).logOdds().add(inOrder ? logOdds : -logOdds);
      }
    }
    return List.copyOf(byPair.values());
  }

  private static double logOdds(PreferencePair pair) {
    double p = Math.max(SUREST, Math.min(1 - SUREST, pair.p()));
    return Math.log(p / (1 - p));
  }
}
