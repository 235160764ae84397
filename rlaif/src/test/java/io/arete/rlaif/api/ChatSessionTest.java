package io.arete.rlaif.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.engine.TinyChatModel;
import io.arete.engine.generate.Sampling;
import io.arete.engine.text.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that talks with models in its own process. */
class ChatSessionTest {

  @TempDir private static Path root;
  private static ChatSettings settings;

  @BeforeAll
  static void writeModel() {
    settings = ChatSettings.of(TinyChatModel.write(root.resolve("model"), 5)).withMaxReplyTokens(8);
  }

  @Test
  void aTalkIsRememberedAConversationIsNot() {
    try (ChatSession session = ChatSession.open(settings.withSystem("Be brief."))) {
      List<Message> asked = List.of(Message.system("Be brief."), Message.user("Hi"));
      ChatReply first = session.reply(asked);
      assertThat(session.reply(asked)).isEqualTo(first);
      assertThat(session.said()).containsExactly(Message.system("Be brief."));
      assertThat(session.say("Hi")).isEqualTo(first);
      assertThat(session.said())
          .containsExactly(
              Message.system("Be brief."), Message.user("Hi"), Message.assistant(first.text()));
      assertThat(session.say("And?").promptTokens()).isGreaterThan(first.promptTokens());
      session.forget();
      assertThat(session.said()).hasSize(1);
    }
  }

  @Test
  void twoModelsInOneProcessAreClosedInEitherOrder() {
    ChatSettings greedy = settings.withSampling(new Sampling.Greedy());
    ChatSettings other =
        ChatSettings.of(TinyChatModel.write(root.resolve("other"), 6))
            .withMaxReplyTokens(8)
            .withSampling(new Sampling.Greedy());
    ChatReply alone;
    try (ChatSession session = ChatSession.open(greedy)) {
      alone = session.say("Hi");
    }
    ChatSession first = ChatSession.open(greedy);
    ChatSession second = ChatSession.open(other);
    ChatReply others = second.reply(List.of(Message.user("Hi")));
    assertThat(first.reply(List.of(Message.user("Hi")))).isEqualTo(alone).isNotEqualTo(others);
    first.close();
    assertThat(second.reply(List.of(Message.user("Hi")))).isEqualTo(others);
    ChatSession third = ChatSession.open(greedy);
    second.close();
    assertThat(third.say("Hi")).isEqualTo(alone);
    third.close();
    assertThatThrownBy(() -> first.say("Hi")).hasMessage("This chat session is closed.");
  }

  @Test
  void wordsThatFillTheContextAreRefusedAndForgotten() {
    try (ChatSession session = ChatSession.open(settings)) {
      assertThatThrownBy(() -> session.say("word ".repeat(600)))
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("context of 512 tokens");
      assertThat(session.said()).isEmpty();
      assertThat(session.say("Hi").replyTokens()).isPositive();
    }
  }

  @Test
  void aReplyThatIsClosedAwayFromAnotherThreadEnds() {
    // Greedy replies of this model do not end by themselves within the context.
    ChatSession session =
        ChatSession.open(settings.withMaxReplyTokens(500).withSampling(new Sampling.Greedy()));
    CompletableFuture<Throwable> failure =
        CompletableFuture.supplyAsync(
            () -> {
              while (true) {
                try {
                  session.reply(List.of(Message.user("Hi")));
                } catch (IllegalStateException ended) { // a cancellation is one, too
                  return ended;
                }
              }
            });
    session.cancel();
    session.close();
    assertThat(failure.join())
        .isInstanceOfAny(CancellationException.class, IllegalStateException.class);
  }
}
