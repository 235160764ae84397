package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.rlaif.endpoint.EndpointFixture;
import io.arete.rlaif.endpoint.JudgeServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against a server that tells no log-probabilities: replies are sampled and counted. */
class EndpointVotesTest extends EndpointLabelerContract {

  @Override
  JudgeServer start() {
    return new JudgeServer(false);
  }

  @Test
  void everyQuestionIsSampledEightTimesAndThatIsSaid() {
    List<String> notes = new ArrayList<>();
    try (Labeler labeler = open("run", 4, notes::add)) {
      Judgement said = labeler.judge(List.of(PAIR)).get(0).orElseThrow();
      assertThat(said.answerMass()).isEqualTo(1);
      assertThat(labeler.work().questions()).isEqualTo(4);
      assertThat(labeler.work().paid()).isEqualTo(new PaidWork(4, 32, 0, 32 * 41, 32, 0));
    }
    assertThat(notes).singleElement().asString().contains("no log-probabilities", "8 replies");
    assertThat(server.answered()).hasSize(33).doesNotHaveDuplicates();
  }

  @Test
  void withoutVotesSuchAServerIsRefused() {
    assertThatThrownBy(
            () ->
                EndpointLabeler.open(
                    EndpointFixture.open(
                        EndpointFixture.settings(server.url(), root.resolve("cache"), 1),
                        root.resolve("run")),
                    FeedbackFixture.constitution(),
                    0,
                    0,
                    note -> {}))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("feedback.endpoint.votes");
  }
}
