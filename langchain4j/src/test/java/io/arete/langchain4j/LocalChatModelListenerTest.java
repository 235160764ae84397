package io.arete.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelListenerIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import io.arete.engine.TinyChatModel;
import io.arete.rlaif.api.ChatSession;
import io.arete.rlaif.api.ChatSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** langchain4j's own contract of chat models with listeners. */
class LocalChatModelListenerTest extends AbstractChatModelListenerIT {

  @TempDir private static Path root;
  private static ChatSession session;
  private static ChatSession closed;

  @BeforeAll
  static void open() {
    ChatSettings settings =
        ChatSettings.of(TinyChatModel.write(root.resolve("tiny"), 5)).withMaxReplyTokens(4);
    session = ChatSession.open(settings);
    closed = ChatSession.open(settings);
    closed.close();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @Override
  protected ChatModel createModel(ChatModelListener listener) {
    return new LocalChatModel(session, List.of(listener));
  }

  @Override
  protected String modelName() {
    return "tiny";
  }

  @Override
  protected Double temperature() {
    return 1.0;
  }

  @Override
  protected Double topP() {
    return 1.0;
  }

  @Override
  protected Integer maxTokens() {
    return 4;
  }

  @Override
  protected boolean supportsTools() {
    return false;
  }

  @Override
  protected boolean assertResponseId() {
    return false;
  }

  @Override
  protected ChatModel createFailingModel(ChatModelListener listener) {
    return new LocalChatModel(closed, List.of(listener));
  }

  @Override
  protected Class<? extends Exception> expectedExceptionClass() {
    return IllegalStateException.class;
  }
}
