package io.arete.rlaif.attack.scored;

import io.arete.engine.text.Message;
import io.arete.rlaif.attack.judge.JudgedReply;
import io.arete.rlaif.data.Prompt;
import java.util.List;

/** What was wanted, as a prompt: without the words of an attack. */
final class RequestPrompt {

  private RequestPrompt() {}

  static Prompt of(JudgedReply judged) {
    return Prompt.of(List.of(Message.user(judged.behavior().request())));
  }
}
