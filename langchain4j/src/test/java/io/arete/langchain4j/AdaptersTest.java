package io.arete.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.guardrail.ChatExecutor;
import dev.langchain4j.guardrail.GuardrailRequestParams;
import dev.langchain4j.guardrail.GuardrailResult;
import dev.langchain4j.guardrail.OutputGuardrailRequest;
import dev.langchain4j.guardrail.OutputGuardrailResult;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.arete.engine.text.Message;
import io.arete.rlaif.api.ChatSession;
import io.arete.rlaif.api.ChatSettings;
import io.arete.rlaif.api.RecipeRun;
import io.arete.rlaif.api.RewardJudge;
import io.arete.rlaif.api.RunSettings;
import io.arete.rlaif.recipe.PipelineFixture;
import io.arete.rlaif.run.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program on langchain4j that brings a model and a reward ensemble of this process. */
class AdaptersTest {

  private static final InvocationContext CONTEXT = InvocationContext.builder().build();

  @TempDir private static Path root;
  private static ChatSession session;
  private static RewardJudge judge;
  private static LocalChatModel model;
  private static ReplyJudge replies;

  @BeforeAll
  static void runToRewardModels() {
    Path recipe = PipelineFixture.write(root).recipe();
    Path run = root.resolve("runs/one");
    try (RecipeRun made = RecipeRun.of(RunSettings.of(recipe).in(run).to(Stage.REWARD))) {
      made.run();
    }
    session = ChatSession.open(ChatSettings.of(root.resolve("model")).withMaxReplyTokens(6));
    judge = RewardJudge.open(run);
    model = new LocalChatModel(session);
    replies = new ReplyJudge(judge, model);
  }

  @AfterAll
  static void close() {
    judge.close();
    session.close();
  }

  @Test
  void aRequestGetsTheSessionsReply() {
    ChatResponse response = model.chat(SystemMessage.from("Be brief."), UserMessage.from("Hi"));
    assertThat(response.aiMessage().text())
        .isEqualTo(session.reply(List.of(Message.system("Be brief."), Message.user("Hi"))).text());
    assertThat(response.finishReason()).isIn(FinishReason.LENGTH, FinishReason.STOP);
    assertThat(response.tokenUsage().outputTokenCount()).isBetween(1, 6);
    ChatResponse shorter =
        model.chat(
            ChatRequest.builder()
                .messages(UserMessage.from("Hi"))
                .maxOutputTokens(2)
                .temperature(0.0)
                .build());
    assertThat(shorter.tokenUsage().outputTokenCount()).isLessThanOrEqualTo(2);
  }

  @Test
  void whatTheModelCannotDoIsRefusedByName() {
    ChatRequest tools =
        ChatRequest.builder()
            .messages(UserMessage.from("Hi"))
            .toolSpecifications(ToolSpecification.builder().name("add").build())
            .build();
    assertThatThrownBy(() -> model.chat(tools))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("toolSpecifications");
    ChatRequest stops =
        ChatRequest.builder().messages(UserMessage.from("Hi")).stopSequences(List.of("x")).build();
    assertThatThrownBy(() -> model.chat(stops)).hasMessageContaining("stopSequences");
    UserMessage picture = UserMessage.from(ImageContent.from("http://example.org/a.png"));
    assertThatThrownBy(() -> model.chat(picture))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("USER");
  }

  @Test
  void aScoreIsTheEnsemblesOfTheWholeConversation() {
    List<ChatMessage> prompt = List.of(UserMessage.from("What about 1?"));
    double gladly = replies.score(prompt, "Gladly").score().orElseThrow();
    List<Double> scores =
        new RewardScoringModel(replies)
            .scoreAll(
                List.of(TextSegment.from("Gladly"), TextSegment.from("Never")), "What about 1?")
            .content();
    assertThat(scores).hasSize(2);
    assertThat(scores.get(0)).isEqualTo(gladly).isNotEqualTo(scores.get(1));
  }

  @Test
  void aReplyUnderTheScoreIsRefusedOrWrittenAgain() {
    double score =
        replies.score(List.of(UserMessage.from("Hi Ann")), "Gladly").score().orElseThrow();
    assertThat(validate(score - 0.1, RewardGuardrail.Below.REFUSE).result())
        .isEqualTo(GuardrailResult.Result.SUCCESS);
    OutputGuardrailResult refused = validate(score + 0.1, RewardGuardrail.Below.REFUSE);
    assertThat(refused.result()).isEqualTo(GuardrailResult.Result.FATAL);
    assertThat(refused.failures().get(0).message())
        .contains("The reply's ensemble score is", "but must be at least", "motivation");
    assertThat(validate(score + 0.1, RewardGuardrail.Below.RETRY).isRetry()).isTrue();
  }

  private static OutputGuardrailResult validate(double threshold, RewardGuardrail.Below below) {
    return new RewardGuardrail(replies, threshold, below)
        .validate(
            OutputGuardrailRequest.builder()
                .responseFromLLM(ChatResponse.builder().aiMessage(AiMessage.from("Gladly")).build())
                .chatExecutor(
                    ChatExecutor.builder(model)
                        .invocationContext(CONTEXT)
                        .chatRequest(
                            ChatRequest.builder().messages(UserMessage.from("Hi Ann")).build())
                        .build())
                .requestParams(
                    GuardrailRequestParams.builder()
                        .invocationContext(CONTEXT)
                        .userMessageTemplate("Hi {{name}}")
                        .variables(Map.of("name", "Ann"))
                        .build())
                .build());
  }
}
