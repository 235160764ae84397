package io.arete.rlaif.contest;

import io.arete.engine.text.ConversationEncoder;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.evaluation.RunScorer;
import io.arete.rlaif.evaluation.ScoredConversation;
import io.arete.rlaif.stage.StageContext;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A run's reward models and ensemble as judges of anybody's conversations: every reply is read
 * anew, as a text, by the run's own tokenizer.
 */
public final class RunScoring implements AutoCloseable {

  private final ConversationEncoder encoder;
  private final RunScorer scorer;

  private RunScoring(ConversationEncoder encoder, RunScorer scorer) {
    this.encoder = encoder;
    this.scorer = scorer;
  }

  /** Loads the run's reward models. */
  public static RunScoring open(StageContext context) {
    return new RunScoring(context.model().encoder(), RunScorer.open(context));
  }

  /** Scored conversations in their order; {@code prompts} has each one's prompt. */
  List<ScoredConversation> score(List<Prompt> prompts, List<Conversation> conversations) {
    return scorer.score(prompts, conversations.stream().map(this::read).toList());
  }

  private Conversation read(Conversation conversation) {
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    conversation.replies().forEach((facet, reply) -> replies.put(facet, read(reply)));
    return new Conversation(
        conversation.promptId(), conversation.sample(), replies, conversation.source());
  }

  private Reply read(Reply reply) {
    int[] ids = encoder.replyIds(reply.text());
    // A reply that was cut off has no end of turn.
    int length =
        reply.ended() == Reply.Ended.LENGTH && ids.length > 0 ? ids.length - 1 : ids.length;
    return new Reply(reply.text(), Arrays.stream(ids, 0, length).boxed().toList(), reply.ended());
  }

  @Override
  public void close() {
    scorer.close();
  }
}
