package io.arete.engine.chat;

import io.arete.engine.CountedRandom;
import io.arete.engine.generate.Generator;
import io.arete.engine.generate.Reply;
import io.arete.engine.generate.Request;
import io.arete.engine.generate.Sampling;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.text.ConversationEncoder;
import io.arete.engine.text.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Who replies: a model with what stands on it. All parts are borrowed.
 *
 * @param adapters what speaks on top of the model, frozen
 * @param decode ids to text, without special tokens
 */
public record Speaker(
    DecoderModel decoder,
    Adapters adapters,
    ConversationEncoder encoder,
    Function<int[], String> decode) {

  /**
   * How replies are made.
   *
   * @param maxNewTokens longest reply in tokens, at least 1; shorter where the context ends
   * @param beforeToken called before each token; what it throws ends the reply
   */
  public record Manner(int maxNewTokens, Sampling sampling, Runnable beforeToken) {}

  /**
   * A reply.
   *
   * @param cutOff whether it reached its longest length
   * @param promptTokens what was read for it
   * @param replyTokens what was written, the end of turn included
   */
  public record Said(String text, boolean cutOff, int promptTokens, int replyTokens) {}

  /**
   * The reply to a conversation.
   *
   * @param draws key of this reply's draws
   * @return empty if the conversation fills the model's context
   */
  public Optional<Said> reply(List<Message> messages, Manner manner, CountedRandom draws) {
    int[] prompt = encoder.promptIds(messages);
    int room = Math.min(manner.maxNewTokens(), context() - prompt.length);
    if (room < 1) {
      return Optional.empty();
    }
    Generator generator =
        new Generator(decoder, adapters, Set.of(encoder.endOfTurnId()), 1, manner.beforeToken());
    Reply reply =
        generator.generate(List.of(new Request(prompt, room, draws)), manner.sampling()).get(0);
    return Optional.of(
        new Said(
            decode.apply(reply.content()),
            reply.ended() == Reply.Ended.LENGTH,
            prompt.length,
            reply.ids().length));
  }

  /** How many tokens a conversation can have. */
  public int context() {
    return decoder.config().maxPositions();
  }
}
