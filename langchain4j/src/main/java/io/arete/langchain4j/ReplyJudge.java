package io.arete.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import io.arete.rlaif.api.RewardJudge;
import io.arete.rlaif.api.TalkReplies;
import io.arete.rlaif.api.TalkScore;
import io.arete.rlaif.data.Facet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Scores a reply by the ensemble. The reward models read a conversation, so whoever replies is
 * first asked the constitution's two questions about it: what moved it, and what it leads to.
 *
 * @param judge borrowed
 * @param replies who gave the reply, and is asked: {@link LocalChatModel}, or any other
 */
public record ReplyJudge(RewardJudge judge, ChatModel replies) {

  /**
   * The score of a reply.
   *
   * @param prompt texts of the system, the user and the assistant; the last is the user's
   * @throws dev.langchain4j.exception.UnsupportedFeatureException if one is no such text
   */
  public TalkScore score(List<ChatMessage> prompt, String reply) {
    List<ChatMessage> said = new ArrayList<>(prompt);
    Map<Facet, String> texts = new EnumMap<>(Facet.class);
    texts.put(Facet.ACTION, reply);
    said.add(AiMessage.from(reply));
    for (Facet facet : Facet.values()) {
      judge
          .question(facet)
          .ifPresent(
              question -> {
                said.add(UserMessage.from(question));
                AiMessage answer = replies.chat(List.copyOf(said)).aiMessage();
                texts.put(facet, answer.text() == null ? "" : answer.text());
                said.add(answer);
              });
    }
    return judge.score(new TalkReplies(Conversations.of(prompt), texts));
  }
}
