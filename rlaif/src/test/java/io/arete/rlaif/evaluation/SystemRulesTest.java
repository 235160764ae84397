package io.arete.rlaif.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.engine.text.Message;
import io.arete.rlaif.data.Prompt;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules that push out a prompt's own system text would compare two different tasks. */
class SystemRulesTest {

  private static final SystemRules RULES = new SystemRules("Be kind.");

  @Test
  void rulesStandInTheSystemPromptAndBeforeWhatIsThere() {
    assertThat(RULES.over(Prompt.of(List.of(Message.user("Hello?")))).messages())
        .containsExactly(Message.system("Be kind."), Message.user("Hello?"));
    assertThat(
            RULES
                .over(Prompt.of(List.of(Message.system("You are Ann."), Message.user("Hello?"))))
                .messages())
        .containsExactly(Message.system("Be kind.\nYou are Ann."), Message.user("Hello?"));
  }
}
