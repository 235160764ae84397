package io.arete.rlaif.reward;

import io.arete.engine.text.ConversationEncoder;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.HumanPair;
import io.arete.rlaif.data.JsonLinesWriter;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.stage.StageContext;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** What a feedback stage would leave of people's pairs: every facet's reply is the person's. */
final class FeedbackFiles {

  private FeedbackFiles() {}

  /** Writes conversations and preferences; every other pair has its better one second. */
  static void write(StageContext context) {
    ConversationEncoder encoder = context.model().encoder();
    try (JsonLinesWriter conversations =
        JsonLinesWriter.openAt(context.folder().conversations(), 0)) {
      for (Split split : Split.values()) {
        for (HumanPair pair : context.data().pairs(split)) {
          conversations.append(conversation(encoder, pair, 0, pair.chosen()).toJson());
          conversations.append(conversation(encoder, pair, 1, pair.rejected()).toJson());
        }
      }
    }
    for (Facet facet : Facet.values()) {
      preferences(context, facet);
    }
  }

  private static void preferences(StageContext context, Facet facet) {
    try (JsonLinesWriter pairs = JsonLinesWriter.openAt(context.folder().preferences(facet), 0)) {
      int i = 0;
      for (HumanPair pair : context.data().pairs()) {
        int first = i % 2;
        double p = i % 10 == 9 ? 0.5 : first == 0 ? 1 : 0;
        pairs.append(
            new PreferencePair(
                    pair.id(),
                    pair.prompt().id(),
                    facet,
                    first,
                    1 - first,
                    p,
                    0,
                    PreferencePair.Source.HUMAN,
                    facet != Facet.ACTION)
                .toJson());
        i++;
      }
    }
  }

  private static Conversation conversation(
      ConversationEncoder encoder, HumanPair pair, int sample, String text) {
    Reply reply =
        new Reply(text, Arrays.stream(encoder.replyIds(text)).boxed().toList(), Reply.Ended.TURN);
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      replies.put(facet, reply);
    }
    return new Conversation(pair.prompt().id(), sample, replies, Conversation.Source.HUMAN);
  }
}
