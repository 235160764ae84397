package io.arete.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.TinyChatModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatCommandTest {

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void writeTheModel() {
    model = TinyChatModel.write(folder.resolve("model"), 1);
  }

  @Test
  void everyLineIsAnsweredAndTheTalkRemembered() {
    List<String> replies = chat("Hi\nHi\n/new\nHi\n").output().lines().toList();
    assertThat(replies).hasSize(3);
    assertThat(replies.get(1)).isNotEqualTo(replies.get(0));
    assertThat(replies.get(2)).isEqualTo(replies.get(0));
  }

  @Test
  void comparedModelsAnswerTheSameWordsOnTheSameDraws() {
    List<String> replies = chat("Hi\nHi\n", "--compare").output().lines().toList();
    assertThat(replies).hasSize(4);
    // Without an adapter both are the base.
    for (int turn = 0; turn < 4; turn += 2) {
      assertThat(replies.get(turn)).startsWith("base:  ");
      assertThat(replies.get(turn + 1))
          .isEqualTo("tuned: " + replies.get(turn).substring("base:  ".length()));
    }
  }

  @Test
  void quitLeavesTheRestUnread() {
    CommandRun run = chat("Hi\n/quit\nHi\n");
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    assertThat(run.output().lines()).hasSize(1);
  }

  @Test
  void theSystemsWordsChangeTheReply() {
    assertThat(chat("Hi\n", "--system", "Sing the whole day.").output())
        .isNotEqualTo(chat("Hi\n").output());
  }

  @Test
  void aFullContextIsToldAndTheTalkCanBeginAnew() {
    CommandRun run = chat("word ".repeat(600) + "\nHi\n");
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    assertThat(run.messages()).contains("context of 512", "/new");
    assertThat(run.output().lines()).hasSize(1);
  }

  private CommandRun chat(String input, String... options) {
    Object[] arguments = new Object[options.length + 5];
    System.arraycopy(options, 0, arguments, 5, options.length);
    arguments[0] = "chat";
    arguments[1] = model;
    arguments[2] = "--greedy";
    arguments[3] = "--max-new-tokens";
    arguments[4] = "6";
    return CommandRun.of(input, arguments);
  }
}
