package io.arete.rlaif.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.reward.FeedbackPairs;
import io.arete.rlaif.reward.PairSet;
import io.arete.rlaif.reward.RewardStage;
import io.arete.rlaif.reward.TextLengths;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.FacetTexts;
import java.util.List;

/** How much of the feedback no reward model will see, because replies or texts were cut. */
final class CutShares {

  private CutShares() {}

  /**
   * For each facet: pairs, those that are the same once cut, texts of all pairs, those that are
   * longer than the longest length, replies of the model, those that were cut off.
   */
  static ObjectNode of(StageContext context) {
    FacetTexts texts = RewardStage.texts(context);
    FeedbackPairs feedback = FeedbackPairs.read(context);
    TextLengths lengths = TextLengths.read(context, feedback, texts);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    for (Facet facet : Facet.values()) {
      PairSet set = PairSet.all(context, feedback, texts, facet);
      int kept = set.train().size() + set.watch().size();
      List<Reply> replies =
          feedback.conversations().stream()
              .filter(one -> facet != Facet.ACTION || one.source() == Conversation.Source.MODEL)
              .map(one -> one.reply(facet))
              .toList();
      root.putObject(facet.wireName())
          .put("pairs", kept + set.identical() + set.tooLong())
          .put("identical", set.identical())
          .put("texts", 2 * lengths.of(facet).size())
          .put(
              "at_max",
              lengths.of(facet).stream().mapToInt(pair -> 2 - pair.whole(texts.longest())).sum())
          .put("replies", replies.size())
          .put(
              "cut_off",
              replies.stream().filter(reply -> reply.ended() == Reply.Ended.LENGTH).count());
    }
    return root;
  }
}
