package io.arete.rlaif.text;

import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The one builder of what is read of a facet.
 *
 * <p>{@code whole}: the conversation up to and including the facet's reply. {@code prompt+reply}:
 * the prompt, the facet's question and its reply alone. A text that is too long loses tokens from
 * the left of its prompt, then of the replies before; never of the facet's own reply.
 */
public final class FacetTexts {

  private final ConversationPieces pieces;
  private final Constitution constitution;
  private final int maxLength;

  /**
   * A builder.
   *
   * @param maxLength most tokens of a text
   */
  public FacetTexts(ConversationPieces pieces, Constitution constitution, int maxLength) {
    this.pieces = pieces;
    this.constitution = constitution;
    this.maxLength = maxLength;
  }

  /** The most tokens of a text. */
  public int longest() {
    return maxLength;
  }

  /**
   * A text as the models see it.
   *
   * @param facet whose reply it ends with
   * @param ids ends with the end-of-turn token of the facet's reply
   * @param cut whether tokens were taken away to fit
   * @param replyTokens how many of the last ids are the facet's own reply
   */
  public record FacetText(Facet facet, int[] ids, boolean cut, int replyTokens) {}

  /**
   * A text of which nothing was taken away.
   *
   * @param ids ends with the end-of-turn token of the facet's reply
   * @param least how many of them no cut takes away: the reply, and the template's frame
   * @param prompt with how many of them every facet's text on this prompt begins
   */
  public record WholeText(int[] ids, int least, int prompt) {}

  /**
   * The pieces of a text in their order.
   *
   * @param shortens whether a piece may lose tokens from its left
   * @param reply the facet's own
   */
  private record Parts(List<int[]> before, List<Boolean> shortens, int[] reply) {

    int length() {
      return before.stream().mapToInt(part -> part.length).sum() + reply.length;
    }

    int least() {
      int least = reply.length;
      for (int i = 0; i < before.size(); i++) {
        least += before.get(i).length - removable(i);
      }
      return least;
    }

    /** The last token of each part belongs to the template's frame and stays. */
    int removable(int part) {
      return shortens.get(part) ? Math.max(0, before.get(part).length - 1) : 0;
    }

    /** The ids that are left after so many were taken away. */
    int[] without(int excess) {
      List<int[]> left = new ArrayList<>();
      int more = excess;
      for (int i = 0; i < before.size(); i++) {
        int removed = Math.min(more, removable(i));
        left.add(Ids.dropFirst(before.get(i), removed));
        more -= removed;
      }
      left.add(reply);
      return Ids.concat(left.toArray(new int[0][]));
    }
  }

  /** What is read of a facet; nothing if its reply alone is too long. */
  public Optional<FacetText> text(Prompt prompt, Conversation conversation, Facet facet) {
    Parts parts = parts(prompt, conversation, facet);
    if (parts.least() > maxLength) {
      return Optional.empty();
    }
    int excess = Math.max(0, parts.length() - maxLength);
    return Optional.of(
        new FacetText(facet, parts.without(excess), excess > 0, parts.reply().length));
  }

  /** What would be read of a facet if texts could be of any length. */
  public WholeText whole(Prompt prompt, Conversation conversation, Facet facet) {
    Parts parts = parts(prompt, conversation, facet);
    int[] ids = parts.without(0);
    // A question alone stands where the prompt's frame would ask for the action.
    int differs = Arrays.mismatch(ids, pieces.prompt(prompt));
    return new WholeText(ids, parts.least(), differs < 0 ? ids.length : differs);
  }

  private Parts parts(Prompt prompt, Conversation conversation, Facet facet) {
    int[] reply = pieces.closed(conversation.reply(facet));
    if (constitution.reads(facet) != Reads.WHOLE) {
      return new Parts(List.of(pieces.questionAlone(prompt, facet)), List.of(true), reply);
    }
    List<int[]> before = new ArrayList<>();
    List<Boolean> shortens = new ArrayList<>();
    before.add(pieces.prompt(prompt));
    shortens.add(true);
    List<Facet> facets = List.of(Facet.values());
    for (int i = 0; i < facets.indexOf(facet); i++) {
      before.add(pieces.closed(conversation.reply(facets.get(i))));
      shortens.add(true);
      before.add(pieces.question(facets.get(i + 1)));
      shortens.add(false);
    }
    return new Parts(before, shortens, reply);
  }
}
