package io.arete.rlaif.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.arete.engine.AreteException;
import io.arete.rlaif.config.EndpointSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EndpointFaultsTest {

  /** A busy machine must not make a refusal look like silence. */
  private static final int UNHURRIED_SECONDS = 60;

  private static final int COUNT = 12;

  /** What passes: every question is answered once in the end. */
  private enum Passing {
    BUSY(response -> response.withStatus(429).withHeader("Retry-After", "0").withBody("wait")),
    BUSY_WITHOUT_A_TIME(response -> response.withStatus(429)),
    BROKEN(response -> response.withStatus(500).withBody("oops")),
    OVERLOADED(response -> response.withStatus(503).withHeader("Retry-After", "3")),
    RESET(response -> response.withFault(Fault.CONNECTION_RESET_BY_PEER)),
    EMPTY(response -> response.withFault(Fault.EMPTY_RESPONSE)),
    GARBAGE_IN_CHUNKS(response -> response.withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
    NO_JSON(response -> response.withBody("<html>a proxy's page</html>")),
    OTHER_JSON(response -> response.withBody("{\"choices\": []}")),
    CUT_JSON(response -> response.withBody("{\"choices\": [{\"message\": {\"content\": \"A")),
    DEEP_JSON(response -> response.withBody("[".repeat(100_000))),
    HUGE(response -> response.withBody(" ".repeat(HttpTransport.LIMIT_BYTES + 1)));

    final UnaryOperator<ResponseDefinitionBuilder> fault;

    Passing(UnaryOperator<ResponseDefinitionBuilder> fault) {
      this.fault = fault;
    }
  }

  @TempDir Path root;
  private JudgeServer server;

  @BeforeEach
  void start() {
    server = new JudgeServer(true);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Passing.class)
  void afterAFaultThatPassesEveryQuestionIsAnsweredOnce(Passing passing) {
    for (int i = 0; i < 3; i++) {
      server.fail(passing.fault);
    }
    try (EndpointClient client = client(4)) {
      List<Optional<EndpointClient.Asked>> asked = client.ask(EndpointFixture.requests(COUNT), 0);

      assertThat(asked).hasSize(COUNT).allMatch(Optional::isPresent);
      assertThat(server.answered()).hasSize(COUNT).doesNotHaveDuplicates();
      assertThat(server.requests()).isGreaterThanOrEqualTo(COUNT + 3);
      assertThat(client.troubles()).hasValueSatisfying(told -> assertThat(told).contains("again"));
    }
  }

  @ParameterizedTest
  @EnumSource(Passing.class)
  void aFaultThatDoesNotPassStopsAndKeepsWhatWasPaid(Passing passing) {
    try (EndpointClient client = client(1)) {
      client.ask(EndpointFixture.requests(5), 0);
      for (int i = 0; i < PatientSender.ATTEMPTS; i++) {
        server.fail(passing.fault);
      }
      assertThatThrownBy(() -> client.ask(EndpointFixture.requests(COUNT), 0))
          .isInstanceOf(AreteException.class)
          .hasMessageContainingAll(server.url(), "6 times", "kept in")
          .hasNoCause();
    }
    try (EndpointClient client = client(1)) {
      assertThat(client.ask(EndpointFixture.requests(COUNT), 0)).hasSize(COUNT);
    }
    assertThat(server.answered()).hasSize(COUNT).doesNotHaveDuplicates();
  }

  @Test
  void aServerThatAnswersTooLateOrDripsIsGivenUpInTime() {
    server.fail(response -> response.withFixedDelay(1_500));
    server.fail(response -> response.withChunkedDribbleDelay(100, 5_000));
    EndpointSettings settings = EndpointFixture.settings(server.url(), root.resolve("c"), 1);
    VirtualTime time = new VirtualTime();
    HttpTransport transport =
        new HttpTransport(settings.url().orElseThrow(), ApiKey.NONE, Duration.ofMillis(300), time);
    ChatRequest request = EndpointFixture.requests(1).get(0);
    for (int i = 0; i < 2; i++) {
      assertThat(transport.send(request))
          .isInstanceOfSatisfying(
              Attempt.Failed.class,
              failed -> assertThat(failed.why()).contains("no whole response within"));
    }
    assertThat(
            new HttpTransport(
                    settings.url().orElseThrow(), ApiKey.NONE, Duration.ofSeconds(20), time)
                .send(request))
        .isInstanceOf(Attempt.Answered.class);
  }

  @Test
  void retryAfterIsHonouredInSecondsAndByDate() {
    VirtualTime time = new VirtualTime();
    server.fail(response -> response.withStatus(429).withHeader("Retry-After", "7"));
    server.fail(
        response ->
            response
                .withStatus(429)
                .withHeader("Date", "Thu, 26 Nov 2026 10:00:00 GMT")
                .withHeader("Retry-After", "Thu, 26 Nov 2026 10:00:30 GMT"));
    try (EndpointClient client = client(1, time)) {
      client.ask(EndpointFixture.requests(1), 0);
    }
    assertThat(time.seconds()).isEqualTo(37);
  }

  @Test
  void aServerThatAsksForHoursStopsTheRun() {
    server.fail(response -> response.withStatus(429).withHeader("Retry-After", "86400"));
    try (EndpointClient client = client(1)) {
      assertThatThrownBy(() -> client.ask(EndpointFixture.requests(1), 0))
          .hasMessageContaining("asks to wait for 1440 minutes");
    }
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void aWrongModelIsToldInTheServersWordsBoundedAndWithoutTheKey() {
    String words =
        "The model judge-1 does not exist for " + EndpointFixture.KEY + "\\n\\u001b[31m ";
    server.fail(
        response ->
            response
                .withStatus(404)
                .withBody("{\"error\": {\"message\": \"" + words + "x".repeat(5_000) + "\"}}"));
    try (EndpointClient client = client(4)) {
      assertThatThrownBy(() -> client.ask(EndpointFixture.requests(1), 0))
          .isInstanceOf(AreteException.class)
          .hasNoCause()
          .satisfies(
              failure -> {
                StringWriter trace = new StringWriter();
                failure.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString())
                    .contains("status 404", "The model judge-1 does not exist for [key]")
                    .doesNotContain(EndpointFixture.KEY, "\u001b");
                assertThat(failure.getMessage()).hasSizeLessThan(800);
              });
    }
    assertThat(server.requests()).as("a wrong model stays wrong").isEqualTo(1);
  }

  @Test
  void aRefusedKeyIsToldByWhereItCameFrom() {
    server.fail(response -> response.withStatus(401).withBody(EndpointFixture.KEY + " is wrong"));
    try (EndpointClient client = client(1)) {
      assertThatThrownBy(() -> client.ask(EndpointFixture.requests(1), 0))
          .hasMessageContaining("JUDGE_KEY")
          .hasMessageNotContaining(EndpointFixture.KEY);
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    server.fail(
        response -> response.withStatus(307).withHeader("Location", server.url() + "/elsewhere"));
    try (EndpointClient client = client(1)) {
      assertThatThrownBy(() -> client.ask(EndpointFixture.requests(1), 0))
          .hasMessageContaining("status 307");
    }
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void aQuestionThatIsTooLongIsLeftOut() {
    server.fail(
        response ->
            response
                .withStatus(400)
                .withBody(
                    "{\"error\": {\"code\": \"context_length_exceeded\", \"message\": \"\"}}"));
    try (EndpointClient client = client(1)) {
      List<Optional<EndpointClient.Asked>> asked = client.ask(EndpointFixture.requests(3), 0);
      assertThat(asked.get(0)).isEmpty();
      assertThat(asked.get(1)).isPresent();
      assertThat(asked.get(2)).isPresent();
    }
  }

  @Test
  void aServerThatRefusesLogProbsIsKnownNotToTellThem() {
    server.fail(
        response ->
            response
                .withStatus(400)
                .withBody("{\"error\": {\"message\": \"logprobs is not supported\"}}"));
    try (EndpointClient client = client(1)) {
      assertThat(client.tellsLogProbs()).isFalse();
      assertThat(client.tellsLogProbs()).isTrue();
    }
  }

  @Test
  void aRefusalOfMoreTokensThanUsualIsToldAndNotTakenForNoLogProbs() {
    server.fail(
        response ->
            response
                .withStatus(400)
                .withBody("{\"error\": {\"message\": \"top_logprobs must be at most 20\"}}"));
    EndpointSettings usual = EndpointFixture.settings(server.url(), root.resolve("cache"), 1);
    EndpointSettings many =
        new EndpointSettings(
            usual.url(),
            usual.model(),
            usual.keyVariable(),
            usual.keyFile(),
            false,
            1,
            0,
            UNHURRIED_SECONDS,
            500,
            8,
            0,
            0,
            usual.cache(),
            usual.origin());
    try (EndpointClient client = EndpointFixture.open(many, root.resolve("run"))) {
      assertThatThrownBy(client::tellsLogProbs).hasMessageContaining("must be at most 20");
    }
  }

  private EndpointClient client(int concurrency) {
    return client(concurrency, new VirtualTime());
  }

  private EndpointClient client(int concurrency, Timekeeper time) {
    return EndpointClient.open(
        EndpointFixture.settings(server.url(), root.resolve("cache"), concurrency),
        Map.of("JUDGE_KEY", EndpointFixture.KEY),
        root.resolve("run"),
        time);
  }
}
