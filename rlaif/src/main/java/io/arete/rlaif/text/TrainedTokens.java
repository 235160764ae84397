package io.arete.rlaif.text;

import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which tokens of a conversation are trained: what the policy sampled, and nothing else. Prompt,
 * questions and an end of turn that was added to a cut-off reply are read, but never trained.
 *
 * @param inputs what goes through the model: the conversation up to the last trained token, without
 *     that
 * @param places {@code [tokens]}: index in {@code inputs} of the token before each trained one,
 *     whose hidden state predicts it
 * @param targets {@code [tokens]}: the trained tokens
 * @param ends for each trained reply, in order, how many trained tokens there are up to its end
 */
public record TrainedTokens(int[] inputs, int[] places, int[] targets, Map<Facet, Integer> ends) {

  /** Copies the map. */
  public TrainedTokens {
    ends = Collections.unmodifiableMap(new EnumMap<>(ends));
  }

  /** The trained tokens of a conversation. */
  public static TrainedTokens of(
      ConversationPieces pieces,
      Prompt prompt,
      Conversation conversation,
      PpoSection.TrainTurns turns) {
    List<io.arete.rlaif.data.Reply> replies =
        Arrays.stream(Facet.values()).map(conversation::reply).toList();
    int[] ids = {};
    List<Integer> places = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    Map<Facet, Integer> ends = new EnumMap<>(Facet.class);
    for (Facet facet : facets(turns)) {
      int[] before = pieces.before(prompt, facet, replies);
      ids = Ids.concat(before, Ids.of(conversation.reply(facet).ids()));
      for (int at = before.length; at < ids.length; at++) {
        places.add(at - 1);
        targets.add(ids[at]);
      }
      ends.put(facet, targets.size());
    }
    int[] inputs = Arrays.copyOf(ids, ids.length - 1);
    return new TrainedTokens(inputs, Ids.of(places), Ids.of(targets), ends);
  }

  /** The facets whose replies are trained, in order. */
  public static List<Facet> facets(PpoSection.TrainTurns turns) {
    return switch (turns) {
      case ACTION -> List.of(Facet.ACTION);
      case ALL -> List.of(Facet.values());
    };
  }

  /** How many tokens are trained, at least one. */
  public int count() {
    return targets.length;
  }

  /** Numbers over the trained tokens, {@code [tokens]}, cut into those of each reply. */
  public List<double[]> byReply(double[] numbers) {
    List<double[]> parts = new ArrayList<>();
    int from = 0;
    for (int end : ends.values()) {
      parts.add(Arrays.copyOfRange(numbers, from, end));
      from = end;
    }
    return parts;
  }
}
