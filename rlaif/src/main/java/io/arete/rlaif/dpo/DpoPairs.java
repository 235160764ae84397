package io.arete.rlaif.dpo;

import io.arete.engine.AreteException;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.rlaif.text.TrainedTokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    Map<String, Conversation> conversations = conversations(context);
    Map<String, Prompt> prompts = context.data().promptsById();
    ConversationPieces pieces =
        new ConversationPieces(context.model().encoder(), context.constitution());
    PpoSection.TrainTurns turns = context.recipe().ppo().trainTurns();
    List<DpoPair> pairs = new ArrayList<>();
    for (Compared one : compared(context, TrainedTokens.facets(turns))) {
      Prompt prompt = prompts.get(one.promptId());
      if (prompt == null || context.data().splits().of(prompt) != Split.TRAIN) {
        continue;
      }
      pairs.add(
          new DpoPair(
              one.id(),
              tokens(pieces, prompt, conversations.get(one.key(one.first())), turns, one),
              tokens(pieces, prompt, conversations.get(one.key(one.second())), turns, one),
              one.p()));
    }
    if (pairs.isEmpty()) {
      throw new AreteException(
          context.folder().preferences(Facet.ACTION)
              + " and its neighbours have no pair on a train prompt, so DPO has nothing to learn;"
              + " give more prompts, or take another ppo.algorithm.");
    }
    return pairs;
  }

  private static TrainedTokens tokens(
      ConversationPieces pieces,
      Prompt prompt,
      @Nullable Conversation conversation,
      PpoSection.TrainTurns turns,
      Compared pair) {
    if (conversation == null) {
      throw new AreteException(
          "The pair "
              + pair.id()
              + " names a conversation that the run does not have; repeat the feedback stage.");
    }
    return TrainedTokens.of(pieces, prompt, conversation, turns);
  }

  /**
   * Two conversations and all that was said about them.
   *
   * @param first the lower sample
   * @param logOdds that the first is better, for each facet on which they were compared
   */
  private record Compared(String promptId, int first, int second, List<Double> logOdds) {

    String id() {
      return promptId + " " + first + " " + second;
    }

    String key(int sample) {
      return DpoPairs.key(promptId, sample);
    }

    double p() {
      double mean = logOdds.stream().mapToDouble(Double::doubleValue).average().orElse(0);
      return 1 / (1 + Math.exp(-mean));
    }
  }

  private static List<Compared> compared(StageContext context, List<Facet> facets) {
    Map<String, Compared> byPair = new LinkedHashMap<>();
    for (Facet facet : facets) {
      Path file = context.folder().preferences(facet);
      for (PreferencePair pair :
          JsonLines.readAppended(file, (line, row) -> Optional.of(PreferencePair.ofJson(row)))) {
        int first = Math.min(pair.first(), pair.second());
        int second = Math.max(pair.first(), pair.second());
        Compared empty = new Compared(pair.promptId(), first, second, new ArrayList<>());
        double p = Math.max(SUREST, Math.min(1 - SUREST, pair.p()));
        double logOdds = Math.log(p / (1 - p));
        byPair
            .computeIfAbsent(empty.id(), id -> empty)
            .logOdds()
            .add(pair.first() == first ? logOdds : -logOdds);
      }
    }
    return List.copyOf(byPair.values());
  }

  private static Map<String, Conversation> conversations(StageContext context) {
    Map<String, Conversation> byKey = new HashMap<>();
    JsonLines.readAppended(
            context.folder().conversations(), (line, row) -> Optional.of(Conversation.ofJson(row)))
        .forEach(one -> byKey.put(key(one.promptId(), one.sample()), one));
    return byKey;
  }

  private static String key(String promptId, int sample) {
    return promptId + " " + sample;
  }
}
