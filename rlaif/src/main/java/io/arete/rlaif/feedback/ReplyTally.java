package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Reply;
import java.util.List;

/**
 * The replies of a facet, counted.
 *
 * @param replies how many
 * @param cutOff those that reached the longest length
 * @param meanTokens of a reply, its end of turn included
 * @param longestTokens of a reply
 * @param identical neighbors on one prompt that replied with the very same tokens
 */
record ReplyTally(int replies, int cutOff, double meanTokens, int longestTokens, int identical) {

  /**
   * Counts.
   *
   * @param pairs two conversations each
   */
  static ReplyTally of(
      Facet facet, List<Conversation> conversations, List<List<Conversation>> pairs) {
    List<Reply> replies =
        conversations.stream().map(conversation -> conversation.reply(facet)).toList();
    return new ReplyTally(
        replies.size(),
        (int) replies.stream().filter(reply -> reply.ended() == Reply.Ended.LENGTH).count(),
        replies.stream().mapToInt(reply -> reply.ids().size()).average().orElse(0),
        replies.stream().mapToInt(reply -> reply.ids().size()).max().orElse(0),
        (int) pairs.stream().filter(pair -> same(facet, pair.get(0), pair.get(1))).count());
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("replies", replies)
        .put("cut_off", cutOff)
        .put("mean_tokens", meanTokens)
        .put("longest_tokens", longestTokens)
        .put("identical_pairs", identical);
  }

  private static boolean same(Facet facet, Conversation first, Conversation second) {
    return first.reply(facet).ids().equals(second.reply(facet).ids());
  }
}
