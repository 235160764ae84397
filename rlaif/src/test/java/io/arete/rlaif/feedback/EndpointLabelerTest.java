package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arete.rlaif.endpoint.JudgeServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against a server that tells log-probabilities. */
class EndpointLabelerTest extends EndpointLabelerContract {

  @Override
  JudgeServer start() {
    return new JudgeServer(true);
  }

  @Test
  void fourQuestionsOfAPairAreFourRequestsAfterTheProbe() {
    try (Labeler labeler = open()) {
      Judgement said = labeler.judge(List.of(PAIR)).get(0).orElseThrow();

      assertThat(said.votes())
          .extracting(WeightedVote::virtue)
          .containsExactly("honesty", "respect");
      assertThat(said.answerMass()).isCloseTo(0.9, within(1e-9));
      assertThat(said.failures()).isZero();
      assertThat(labeler.work())
          .isEqualTo(new LabelerWork(4, 0, 0, new PaidWork(4, 4, 0, 164, 0, 0)));
    }
    assertThat(server.requests()).isEqualTo(5);
  }

  @Test
  void anAnswerThatTheServerDoesNotListIsCounted() {
    try (Labeler labeler = open()) {
      server.fail(
          response ->
              response.withBody(
                  "{\"choices\": [{\"message\": {\"content\": \"A\"}, \"logprobs\": {\"content\":"
                      + " [{\"top_logprobs\": [{\"token\": \"A\", \"logprob\": -0.5}]}]}}]}"));
      Judgement said = labeler.judge(List.of(PAIR)).get(0).orElseThrow();
      assertThat(said.failures()).isZero();
      assertThat(labeler.work().paid().oneListed()).isEqualTo(1);
    }
  }

  @Test
  void aReplyWithoutATokenListCountsAsAFailureForNeitherSide() {
    try (Labeler labeler = open()) {
      server.fail(
          response ->
              response.withBody("{\"choices\": [{\"message\": {\"content\": \"Well, A.\"}}]}"));
      Judgement said = labeler.judge(List.of(PAIR)).get(0).orElseThrow();
      assertThat(said.failures()).isEqualTo(1);
    }
  }

  @Test
  void aPairTooLongForTheServersModelIsLeftOut() {
    try (Labeler labeler = open("run", 1, note -> {})) {
      server.fail(
          response ->
              response
                  .withStatus(400)
                  .withBody("{\"error\": {\"message\": \"maximum context length is 10\"}}"));
      List<Optional<Judgement>> said = labeler.judge(List.of(PAIR, PAIR.swapped()));
      assertThat(said.get(0)).isEmpty();
    }
  }
}
