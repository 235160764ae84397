package io.arete.rlaif.reward;

import io.arete.engine.AreteException;
import io.arete.engine.chat.ChatModel;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.run.Digests;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.rlaif.text.FacetTexts;
import io.arete.rlaif.text.FacetTexts.FacetText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Pairs that someone has, as reward models read them: of each side the prompt and the one reply, up
 * to the end of its turn.
 */
final class GivenTexts {

  private static final int NAME = 16;

  private final ChatModel base;
  private final FacetTexts texts;

  /**
   * A reader.
   *
   * @param maxLength most tokens of a text; a longer prompt is cut from its left
   * @param name what people call that number
   * @throws AreteException if the base cannot read that many
   */
  GivenTexts(ChatModel base, int maxLength, String name) {
    int most = base.decoder().config().maxPositions();
    if (maxLength > most) {
      throw new AreteException(
          name + " is " + maxLength + " but the base reads at most " + most + " tokens; lower it.");
    }
    this.base = base;
    this.texts = builder(base, maxLength);
  }

  /**
   * Pairs that can be compared.
   *
   * @param tooLong pairs left out because a reply alone is too long
   * @param identical pairs left out because both texts are the same once cut
   */
  record Read(List<RewardPair> pairs, int tooLong, int identical) {}

  private static FacetTexts builder(ChatModel base, int maxLength) {
    Constitution plain = Constitution.load("box:virtues");
    return new FacetTexts(new ConversationPieces(base.encoder(), plain), plain, maxLength);
  }

  /** What builds the texts. */
  FacetTexts builder() {
    return texts;
  }

  /** The pairs as texts. */
  Read read(List<GivenComparison> given) {
    List<RewardPair> pairs = new ArrayList<>();
    Map<String, Integer> named = new HashMap<>();
    int tooLong = 0;
    int identical = 0;
    for (GivenComparison one : given) {
      String name = name(one);
      Optional<RewardPair> pair = pair(one, name + " " + named.merge(name, 1, Integer::sum));
      if (pair.isEmpty()) {
        tooLong++;
      } else if (Arrays.equals(pair.get().first().ids(), pair.get().second().ids())) {
        identical++;
      } else {
        pairs.add(pair.get());
      }
    }
    return new Read(List.copyOf(pairs), tooLong, identical);
  }

  /** How long their texts are before any cut. */
  static List<TextLengths.Pair> lengths(ChatModel base, List<GivenComparison> given) {
    FacetTexts whole = builder(base, Integer.MAX_VALUE);
    return given.stream()
        .map(
            one ->
                TextLengths.Pair.of(
                    whole.whole(
                        one.prompt(), conversation(base, one.prompt(), one.chosen()), Facet.ACTION),
                    whole.whole(
                        one.prompt(),
                        conversation(base, one.prompt(), one.rejected()),
                        Facet.ACTION)))
        .toList();
  }

  /**
   * Named by what is compared: rows of two files have the same numbers, and are no common pairs.
   */
  private static String name(GivenComparison given) {
    String all = String.join("\n", given.prompt().id(), given.chosen(), given.rejected());
    return Digests.text(all).substring(0, NAME);
  }

  private Optional<RewardPair> pair(GivenComparison given, String comparison) {
    Optional<FacetText> chosen = text(given, given.chosen());
    Optional<FacetText> rejected = text(given, given.rejected());
    return chosen.isEmpty() || rejected.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RewardPair(
                given.id(),
                given.prompt(),
                comparison,
                chosen.get(),
                rejected.get(),
                given.p(),
                given.margin(),
                given.weight(),
                false,
                OptionalDouble.empty()));
  }

  private Optional<FacetText> text(GivenComparison given, String words) {
    return texts.text(given.prompt(), conversation(base, given.prompt(), words), Facet.ACTION);
  }

  private static Conversation conversation(ChatModel base, Prompt prompt, String words) {
    List<Integer> ids = Arrays.stream(base.encoder().replyIds(words)).boxed().toList();
    Reply reply = new Reply(words, ids, Reply.Ended.TURN);
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      replies.put(facet, reply);
    }
    return new Conversation(prompt.id(), 0, replies, Conversation.Source.HUMAN);
  }
}
