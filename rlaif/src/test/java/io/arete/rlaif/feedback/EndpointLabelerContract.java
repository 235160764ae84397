package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.endpoint.EndpointFixture;
import io.arete.rlaif.endpoint.JudgeServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every labeler behind a server, whatever it tells. */
abstract class EndpointLabelerContract extends LabelerContract {

  @TempDir Path root;
  JudgeServer server;

  /** A server that was started. */
  abstract JudgeServer start();

  /** By whose wording it is asked; with the virtues of the fixture. */
  Constitution constitution() {
    return FeedbackFixture.constitution();
  }

  @BeforeEach
  void startServer() {
    server = start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Override
  Labeler open() {
    return open("run", 4, note -> {});
  }

  Labeler open(String run, int concurrency, java.util.function.Consumer<String> notes) {
    return EndpointLabeler.open(
        EndpointFixture.open(
            EndpointFixture.settings(server.url(), root.resolve("cache"), concurrency),
            root.resolve(run)),
        constitution(),
        8,
        0,
        notes);
  }

  @Test
  void whatTheServerIsAskedIsWhatALocalJudgeReads() {
    try (Labeler labeler = open()) {
      labeler.judge(List.of(PAIR));
    }
    assertThat(server.answered())
        .anyMatch(body -> body.contains("act A: Yes, do. act B: No, it would hurt them."))
        .anyMatch(body -> body.contains("act A: No, it would hurt them. act B: Yes, do."))
        .noneMatch(body -> body.contains("pride"));
  }

  @Test
  void aSecondRunPaysNothingAndSaysSo() {
    PaidWork first;
    try (Labeler labeler = open()) {
      labeler.judge(List.of(PAIR));
      first = labeler.work().paid();
    }
    int before = server.requests();
    try (Labeler labeler = open("another", 4, note -> {})) {
      labeler.judge(List.of(PAIR));
      PaidWork second = labeler.work().paid();
      assertThat(second.requests()).isZero();
      assertThat(second.tokens()).isZero();
      assertThat(second.cacheHits()).isEqualTo(first.requests());
    }
    assertThat(first.tokens()).isEqualTo(41 * first.requests());
    assertThat(server.requests()).isEqualTo(before);
  }
}
