package io.arete.rlaif.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arete.engine.AreteException;
import io.arete.rlaif.config.EndpointSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointClientTest {

  private static JudgeServer server;

  @TempDir Path root;

  @BeforeAll
  static void start() {
    server = new JudgeServer(true);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void answersStandInTheOrderOfTheRequestsWhateverTheConcurrency() {
    List<String> one = texts(ask("one", 1, 40));
    List<String> many = texts(ask("many", 16, 40));

    assertThat(many).isEqualTo(one).hasSize(40);
    assertThat(one.stream().distinct().count()).isGreaterThan(20);
  }

  @Test
  void nothingIsPaidTwiceInOneRunNorInAnother() {
    int before = server.requests();
    List<ChatRequest> twice =
        Stream.concat(EndpointFixture.requests(5).stream(), EndpointFixture.requests(5).stream())
            .toList();
    List<Optional<EndpointClient.Asked>> first;
    List<Optional<EndpointClient.Asked>> again;
    List<Optional<EndpointClient.Asked>> other;
    try (EndpointClient client = client("cache", "run", 4)) {
      first = client.ask(twice, 0);
    }
    try (EndpointClient client = client("cache", "run", 4)) {
      again = client.ask(twice, 0);
    }
    try (EndpointClient client = client("cache", "other", 4)) {
      other = client.ask(twice, 0);
    }

    assertThat(server.requests() - before).isEqualTo(5);
    assertThat(again).isEqualTo(first);
    assertThat(bought(first)).isEqualTo(5);
    assertThat(bought(again)).as("a run that goes on has bought the same").isEqualTo(5);
    assertThat(bought(other)).as("another run has bought nothing").isZero();
    assertThat(texts(other)).isEqualTo(texts(first));
  }

  @Test
  void aTornLastLineIsForgottenAndItsQuestionAskedAgain() throws IOException {
    List<Optional<EndpointClient.Asked>> first = ask("cache", 1, 6);
    Path file = onlyFile(root.resolve("cache"));
    long size = Files.size(file);
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.truncate(size - 9);
    }
    int before = server.requests();

    List<Optional<EndpointClient.Asked>> again = ask("cache", 1, 6);

    assertThat(server.requests() - before).isEqualTo(1);
    assertThat(texts(again)).isEqualTo(texts(first));
    assertThat(texts(ask("cache", 1, 6))).isEqualTo(texts(first));
    assertThat(server.requests() - before).isEqualTo(1);
  }

  @Test
  void twoAtOnceLeaveACacheThatHoldsAllAnswersOfBoth() {
    CompletableFuture<?> one = CompletableFuture.runAsync(() -> ask("cache", "one", 4, 60));
    CompletableFuture<?> two = CompletableFuture.runAsync(() -> ask("cache", "two", 4, 80));
    CompletableFuture.allOf(one, two).join();
    int before = server.requests();

    assertThat(texts(ask("cache", "three", 4, 80))).hasSize(80);
    assertThat(server.requests()).isEqualTo(before);
  }

  @Test
  void aSpentBudgetStopsInOneSentenceAndGoesOnWhenItIsRaised() {
    int before = server.requests();
    EndpointSettings small = EndpointFixture.settings(server.url(), root.resolve("cache"), 4, 7, 0);
    try (EndpointClient client = EndpointFixture.open(small, root.resolve("run"))) {
      assertThatThrownBy(() -> client.ask(EndpointFixture.requests(20), 0))
          .isInstanceOf(AreteException.class)
          .hasMessageContainingAll("feedback.endpoint.max_requests is 7", "raise it");
    }
    assertThat(server.requests() - before).isEqualTo(7);
    try (EndpointClient client = EndpointFixture.open(small, root.resolve("run"))) {
      assertThatThrownBy(() -> client.ask(EndpointFixture.requests(20), 0))
          .as("a new start is no new budget")
          .isInstanceOf(AreteException.class);
    }
    assertThat(server.requests() - before).isEqualTo(7);

    assertThat(bought(ask("cache", 4, 20))).isEqualTo(20);
    assertThat(server.requests() - before).isEqualTo(20);
  }

  @Test
  void tokensAreABudgetToo() {
    int before = server.requests();
    EndpointSettings small =
        EndpointFixture.settings(server.url(), root.resolve("cache"), 1, 0, 200);
    try (EndpointClient client = EndpointFixture.open(small, root.resolve("run"))) {
      assertThatThrownBy(() -> client.ask(EndpointFixture.requests(20), 0))
          .hasMessageContaining("feedback.endpoint.max_tokens is 200");
    }
    // 41 tokens each by the server's count, about 52 by estimate before.
    assertThat(server.requests() - before).isEqualTo(4);
  }

  @Test
  void theKeyGoesIntoTheHeaderAndNowhereElse() throws IOException {
    ask("cache", 1, 3);

    assertThat(server.headers()).contains("Bearer " + EndpointFixture.KEY);
    assertThat(Files.readString(onlyFile(root.resolve("cache"))))
        .doesNotContain(EndpointFixture.KEY)
        .doesNotContain("Question");
  }

  @Test
  void aKeyThatIsNotThereIsMissedByName() {
    EndpointSettings settings = EndpointFixture.settings(server.url(), root.resolve("cache"), 1);
    assertThatThrownBy(() -> ApiKey.read(settings, Map.of()))
        .hasMessageContaining("environment variable JUDGE_KEY holds no key");
    assertThatThrownBy(() -> ApiKey.read(settings, Map.of("JUDGE_KEY", "sk secret\u00e9")))
        .hasMessageContaining("JUDGE_KEY")
        .hasMessageNotContaining("secret");
  }

  @Test
  void nothingIsOpenedBeforeSomethingNewIsAsked() {
    ask("cache", 1, 3);
    EndpointSettings gone =
        EndpointFixture.settings("http://127.0.0.1:1/v1", root.resolve("cache"), 1);
    try (EndpointClient client = EndpointFixture.open(gone, root.resolve("run"))) {
      assertThat(client.ask(List.of(), 0)).isEmpty();
      assertThatThrownBy(() -> client.ask(EndpointFixture.requests(1), 0))
          .hasMessageContainingAll("127.0.0.1:1", "cannot be reached", "6 times");
    }
  }

  private EndpointClient client(String cache, String run, int concurrency) {
    return EndpointFixture.open(
        EndpointFixture.settings(server.url(), root.resolve(cache), concurrency),
        root.resolve(run));
  }

  private List<Optional<EndpointClient.Asked>> ask(String cache, int concurrency, int count) {
    return ask(cache, "run", concurrency, count);
  }

  private List<Optional<EndpointClient.Asked>> ask(
      String cache, String run, int concurrency, int count) {
    try (EndpointClient client = client(cache, run, concurrency)) {
      return client.ask(EndpointFixture.requests(count), 0);
    }
  }

  private static List<String> texts(List<Optional<EndpointClient.Asked>> asked) {
    return asked.stream().map(one -> one.orElseThrow().answer().toString()).toList();
  }

  private static long bought(List<Optional<EndpointClient.Asked>> asked) {
    return asked.stream().filter(one -> one.orElseThrow().bought()).count();
  }

  private static Path onlyFile(Path cache) throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files.filter(Files::isRegularFile).reduce((a, b) -> b).orElseThrow();
    }
  }
}
