package io.arete.langchain4j;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.guardrail.GuardrailRequestParams;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrailRequest;
import dev.langchain4j.guardrail.OutputGuardrailResult;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.input.PromptTemplate;
import io.arete.rlaif.api.TalkScore;
import java.util.List;
import java.util.Locale;

/**
 * An output guardrail: a reply whose ensemble score lies under a threshold is refused, or written
 * again. So is one that cannot be scored.
 *
 * @param judge scores a reply
 * @param threshold lowest score that passes, standard deviations of the reference replies
 * @param below what becomes of the others
 */
public record RewardGuardrail(ReplyJudge judge, double threshold, Below below)
    implements OutputGuardrail {

  /** What becomes of a reply under the threshold. */
  public enum Below {
    /** The call fails, with the reason. */
    REFUSE,
    /** The model is asked again, as often as the guardrail's settings allow. */
    RETRY
  }

  /** Lets a reply pass, or does not. */
  @Override
  public OutputGuardrailResult validate(OutputGuardrailRequest request) {
    String reply = request.responseFromLLM().aiMessage().text();
    TalkScore score = judge.score(prompt(request.requestParams()), reply == null ? "" : reply);
    if (score.score().isPresent() && score.score().getAsDouble() >= threshold) {
      return success();
    }
    String reason =
        score.score().isEmpty()
            ? "The reply has " + score.explanation() + "."
            : String.format(
                Locale.ROOT,
                "The reply's ensemble score is %.4f but must be at least %.4f.%n%s",
                score.score().getAsDouble(),
                threshold,
                score.explanation());
    return below == Below.RETRY ? retry(reason) : fatal(reason);
  }

  /** What was asked: the memory up to the user's last words, or else those words alone. */
  private static List<ChatMessage> prompt(GuardrailRequestParams asked) {
    ChatMemory memory = asked.chatMemory();
    if (memory != null) {
      List<ChatMessage> messages = memory.messages();
      for (int end = messages.size(); end > 0; end--) {
        if (messages.get(end - 1) instanceof UserMessage) {
          return messages.subList(0, end);
        }
      }
    }
    return List.of(
        PromptTemplate.from(asked.userMessageTemplate()).apply(asked.variables()).toUserMessage());
  }
}
