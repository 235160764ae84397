package io.arete.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.api.ChatReply;
import io.arete.rlaif.api.ChatSession;
import io.arete.rlaif.api.ChatSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model in this process as langchain4j's chat model. It remembers nothing between requests, and
 * the same request gives the same reply. Temperature, top-p, top-k and the longest reply are taken
 * from the request, or else from the session; a temperature of 0 takes the most probable token.
 */
public final class LocalChatModel implements ChatModel {

  private final ChatSession session;
  private final List<ChatModelListener> listeners;
  private final String name;

  /**
   * A chat model.
   *
   * @param session borrowed; its system words and its talk play no part here
   */
  public LocalChatModel(ChatSession session) {
    this(session, List.of());
  }

  /**
   * As the other.
   *
   * @param listeners told of every request
   */
  public LocalChatModel(ChatSession session, List<ChatModelListener> listeners) {
    this.session = session;
    this.listeners = List.copyOf(listeners);
    this.name = String.valueOf(session.settings().model().getFileName());
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    ChatSettings settings = session.settings();
    var parameters = ChatRequestParameters.builder();
    parameters.modelName(name).maxOutputTokens(settings.maxReplyTokens());
    if (settings.sampling() instanceof Sampling.Random random) {
      parameters.temperature(random.temperature()).topP(random.topP());
      if (random.topK() > 0) {
        parameters.topK(random.topK());
      }
    } else {
      parameters.temperature(0.0);
    }
    return parameters.build();
  }

  @Override
  public List<ChatModelListener> listeners() {
    return listeners;
  }

  /**
   * The reply.
   *
   * @throws UnsupportedFeatureException if the request asks for what this model cannot do, which it
   *     names
   * @throws io.arete.engine.AreteException if the messages fill the model's context
   */
  @Override
  public ChatResponse doChat(ChatRequest request) {
    ChatRequestParameters asked = request.parameters();
    refuseOthers(asked);
    Integer longest = asked.maxOutputTokens();
    ChatReply reply =
        session.reply(
            Conversations.of(request.messages()),
            longest == null ? session.settings().maxReplyTokens() : longest,
            sampling(asked));
    return ChatResponse.builder()
        .aiMessage(AiMessage.from(reply.text()))
        .modelName(name)
        .tokenUsage(new TokenUsage(reply.promptTokens(), reply.replyTokens()))
        .finishReason(reply.cutOff() ? FinishReason.LENGTH : FinishReason.STOP)
        .build();
  }

  private void refuseOthers(ChatRequestParameters asked) {
    List<String> found = new ArrayList<>();
    addIf(isGiven(asked.toolSpecifications()), "toolSpecifications", found);
    addIf(asked.toolChoice() != null, "toolChoice", found);
    addIf(isGiven(asked.stopSequences()), "stopSequences", found);
    addIf(asked.frequencyPenalty() != null, "frequencyPenalty", found);
    addIf(asked.presencePenalty() != null, "presencePenalty", found);
    ResponseFormat format = asked.responseFormat();
    addIf(format != null && !format.equals(ResponseFormat.TEXT), "responseFormat", found);
    String model = asked.modelName();
    addIf(model != null && !model.equals(name), "a modelName other than " + name, found);
    if (!found.isEmpty()) {
      throw new UnsupportedFeatureException(
          "This model runs in the process and does not know "
              + String.join(", ", found)
              + "; leave that out of the request.");
    }
  }

  private static boolean isGiven(@Nullable List<?> list) {
    return list != null && !list.isEmpty();
  }

  private static void addIf(boolean given, String feature, List<String> found) {
    if (given) {
      found.add(feature);
    }
  }

  private Sampling sampling(ChatRequestParameters asked) {
    Double temperature = asked.temperature();
    Double topP = asked.topP();
    Integer topK = asked.topK();
    if (temperature == null && topP == null && topK == null) {
      return session.settings().sampling();
    }
    if (Objects.equals(temperature, 0.0)) {
      return new Sampling.Greedy();
    }
    return new Sampling.Random(
        temperature == null ? 1 : temperature, topP == null ? 1 : topP, topK == null ? 0 : topK);
  }
}
