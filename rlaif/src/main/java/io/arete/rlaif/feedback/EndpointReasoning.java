package io.arete.rlaif.feedback;

import io.arete.engine.text.Message;
import io.arete.rlaif.data.JudgeReasoning;
import io.arete.rlaif.endpoint.ChatRequest;
import io.arete.rlaif.endpoint.EndpointClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first of two steps of a judge behind a server: it writes its rationale, the likeliest one, to
 * a limit. The second step, its answer, is asked for in the same conversation.
 */
final class EndpointReasoning {

  /** A server that minds max_tokens does not come near. */
  private static final int CHARACTERS_PER_TOKEN = 16;

  private final EndpointClient client;
  private final JudgeQuestions questions;
  private final JudgeReasoning wording;

  EndpointReasoning(EndpointClient client, JudgeQuestions questions, JudgeReasoning wording) {
    this.client = client;
    this.questions = questions;
    this.wording = wording;
  }

  /** Rationales to questions; empty where one is longer than the judge can read. */
  List<Optional<EndpointClient.Asked>> ask(List<List<Message>> asked, long place) {
    List<ChatRequest> requests =
        asked.stream()
            .map(question -> ChatRequest.text(client.model(), question, wording.tokens()))
            .toList();
    return client.ask(requests, place);
  }

  /** The same questions up to where they are answered. */
  List<OpenQuestion> continued(
      List<List<Message>> asked, List<Optional<EndpointClient.Asked>> written) {
    List<OpenQuestion> open = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      open.add(
          written.get(i).isEmpty()
              ? OpenQuestion.unread()
              : continued(asked.get(i), written.get(i).get().answer().text()));
    }
    return open;
  }

  private OpenQuestion continued(List<Message> question, String text) {
    String rationale = text.strip();
    int most = wording.tokens() * CHARACTERS_PER_TOKEN;
    if (rationale.length() > most) {
      int end = Character.isHighSurrogate(rationale.charAt(most - 1)) ? most - 1 : most;
      rationale = rationale.substring(0, end);
    }
    // Many servers refuse a turn without a text.
    return rationale.isEmpty()
        ? OpenQuestion.silent()
        : OpenQuestion.of(questions.reasoned(question, rationale), rationale);
  }
}
