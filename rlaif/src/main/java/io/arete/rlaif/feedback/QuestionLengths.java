package io.arete.rlaif.feedback;

import io.arete.engine.text.Message;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JudgeReasoning;
import io.arete.rlaif.endpoint.ChatRequest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** About how many tokens a judge's questions have, four letters to a token. */
final class QuestionLengths {

  private static final int LETTERS_PER_TOKEN = 4;

  private final int questions;
  private final int replies;
  private final long replyTokens;
  private final Optional<JudgeReasoning> reasoning;
  private final Map<Facet, Long> wording = new EnumMap<>(Facet.class);

  /**
   * Lengths of questions by that constitution.
   *
   * @param votes replies sampled of each; 0 = log-probabilities are read
   */
  QuestionLengths(Constitution constitution, int votes) {
    JudgeQuestions asked = new JudgeQuestions(constitution);
    this.questions = asked.each();
    this.replies = Math.max(1, votes);
    this.replyTokens = votes == 0 ? 1 : ChatRequest.REPLY_TOKENS;
    this.reasoning = constitution.judge().reasoning();
    for (Facet facet : Facet.values()) {
      long letters =
          asked.of(new Comparison(facet, "", "", "")).stream()
              .flatMap(List::stream)
              .map(Message::content)
              .mapToLong(String::length)
              .sum();
      wording.put(facet, letters / LETTERS_PER_TOKEN);
    }
  }

  /** So many tokens that many letters have. */
  static long tokens(long letters) {
    return letters / LETTERS_PER_TOKEN;
  }

  /** Requests that one question takes. */
  int requests() {
    return replies + (reasoning.isPresent() ? 1 : 0);
  }

  /** What a comparison may cost. */
  EndpointEstimate of(Comparison comparison) {
    long letters =
        (long) comparison.prompt().length()
            + comparison.first().length()
            + comparison.second().length();
    return of(comparison.facet(), tokens(letters));
  }

  /**
   * What a comparison may cost.
   *
   * @param textTokens of its prompt and both of its texts
   */
  EndpointEstimate of(Facet facet, long textTokens) {
    long prompts = wording.getOrDefault(facet, 0L) + questions * textTokens;
    long answers = replies * (prompts + questions * replyTokens);
    long written = 0;
    if (reasoning.isPresent()) {
      long rationale = reasoning.get().tokens();
      long again = rationale + tokens(reasoning.get().answer().length());
      written = prompts + questions * (rationale + replies * again);
    }
    return new EndpointEstimate(questions, (long) questions * requests(), answers + written);
  }
}
