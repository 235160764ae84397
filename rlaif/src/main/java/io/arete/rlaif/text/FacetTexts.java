package io.arete.rlaif.text;

import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reads;
import java.util.ArrayList;
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

  /**
   * A text as the models see it.
   *
   * @param facet whose reply it ends with
   * @param ids ends with the end-of-turn token of the facet's reply
   * @param cut whether tokens were taken away to fit
   */
  public record FacetText(Facet facet, int[] ids, boolean cut) {}

  /** What is read of a facet; nothing if its reply alone is too long. */
  public Optional<FacetText> text(Prompt prompt, Conversation conversation, Facet facet) {
    int[] reply = pieces.closed(conversation.reply(facet));
    List<int[]> parts = new ArrayList<>();
    List<Boolean> shortens = new ArrayList<>();
    if (constitution.reads(facet) == Reads.WHOLE) {
      parts.add(pieces.prompt(prompt));
      shortens.add(true);
      List<Facet> facets = List.of(Facet.values());
      for (int i = 0; i < facets.indexOf(facet); i++) {
        parts.add(pieces.closed(conversation.reply(facets.get(i))));
        shortens.add(true);
        parts.add(pieces.question(facets.get(i + 1)));
        shortens.add(false);
      }
    } else {
      parts.add(pieces.questionAlone(prompt, facet));
      shortens.add(true);
    }
    return fit(facet, parts, shortens, reply);
  }

  private Optional<FacetText> fit(
      Facet facet, List<int[]> parts, List<Boolean> shortens, int[] reply) {
    int excess = parts.stream().mapToInt(part -> part.length).sum() + reply.length - maxLength;
    boolean cut = excess > 0;
    for (int i = 0; i < parts.size() && excess > 0; i++) {
      // The last token of each part belongs to the template's frame and stays.
      int removable = shortens.get(i) ? Math.min(excess, parts.get(i).length - 1) : 0;
      parts.set(i, Ids.dropFirst(parts.get(i), removable));
      excess -= removable;
    }
    if (excess > 0) {
      return Optional.empty();
    }
    parts.add(reply);
    return Optional.of(new FacetText(facet, Ids.concat(parts.toArray(new int[0][])), cut));
  }
}
