package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.endpoint.JudgeServer;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.stage.NotingListener;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.TinyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage with a judge behind a server, cut and resumed. */
class EndpointFeedbackTest {

  @TempDir Path folder;
  private FeedbackFixture fixture;
  private JudgeServer server;

  @BeforeEach
  void open() throws IOException {
    fixture = new FeedbackFixture(folder, 8);
    server = new JudgeServer(true);
  }

  @AfterEach
  void close() {
    server.close();
    fixture.close();
  }

  @Test
  void aRunThatWasCutAgainAndAgainAsksNothingTwiceAndEndsWithTheSameBytes() throws IOException {
    Path straight = fixture.run("straight", recipe("cache-1"), StageListener.SILENT);
    int whole = server.requests();
    int cuts = 0;
    // Before the first question, while it begins, and after each chunk.
    while (cuts < 40 && isCut(Math.min(cuts, 6))) {
      cuts++;
    }
    assertThat(cuts).isGreaterThan(4);
    Path cut = fixture.run("cut", recipe("cache-2"), StageListener.SILENT);

    assertThat(FeedbackFixture.bytes(cut)).isEqualTo(FeedbackFixture.bytes(straight));
    assertThat(server.requests()).isEqualTo(2 * whole);
    assertThat(new HashSet<>(server.answered())).hasSize(whole);
  }

  @Test
  void theConcurrencyChangesNoByte() throws IOException {
    Path one =
        fixture.run(
            "one", recipe("cache-1", "feedback.endpoint.concurrency=1"), StageListener.SILENT);
    Path many =
        fixture.run(
            "many", recipe("cache-2", "feedback.endpoint.concurrency=16"), StageListener.SILENT);

    assertThat(FeedbackFixture.bytes(many)).isEqualTo(FeedbackFixture.bytes(one));
  }

  @Test
  void agreementSaysWhatWasPaidAndASecondRunPaysNothing() throws IOException {
    Path first = fixture.run("first", recipe("cache"), StageListener.SILENT);
    int requests = server.requests();
    Path second = fixture.run("second", recipe("cache"), StageListener.SILENT);

    assertThat(Files.readString(first.resolve("feedback/agreement.json")))
        .contains("\"source\" : \"endpoint\"", "\"answers\" : \"log_probabilities\"")
        .contains("\"model\" : \"judge-1\"", "\"requests\" : ", "\"paid_tokens\" : ")
        .doesNotContain("tokens_computed");
    assertThat(Files.readString(second.resolve("feedback/agreement.json")))
        .contains("\"requests\" : 0", "\"paid_tokens\" : 0");
    assertThat(server.requests()).isEqualTo(requests);
    assertThat(Files.readString(first.resolve("feedback/preferences/action.jsonl")))
        .contains("\"source\":\"endpoint\"");
  }

  @Test
  void theCostIsEstimatedBeforeAndABudgetStopsTheRunUntilItIsRaised() throws IOException {
    List<String> notes = new ArrayList<>();
    assertThatThrownBy(
            () ->
                fixture.run(
                    "run",
                    recipe("cache", "feedback.endpoint.max_requests=20"),
                    new NotingListener(notes)))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("feedback.endpoint.max_requests is 20");
    assertThat(notes.get(0)).contains("at most", "questions to judge-1", "max_requests 20");
    assertThat(server.requests()).isEqualTo(20);

    Path run = fixture.run("run", recipe("cache"), StageListener.SILENT);
    Path straight = fixture.run("straight", recipe("cache-2"), StageListener.SILENT);

    assertThat(FeedbackFixture.bytes(run)).isEqualTo(FeedbackFixture.bytes(straight));
    assertThat(new HashSet<>(server.answered())).hasSize(server.requests() / 2);
  }

  @Test
  void theEstimateCountsTheQuestionsOfACalibrationByTheTruth() {
    List<String> notes = new ArrayList<>();
    Path run =
        fixture.run(
            "run",
            recipe("cache", "data.truth=letters", "feedback.calibration_pairs=5"),
            new NotingListener(notes));
    long asked = agreement(run).path("labeler").path("questions").asLong();
    assertThat(agreement(run).path("calibration").path("action").path("pairs").asInt())
        .isEqualTo(5);
    assertThat(notes.get(0)).startsWith("at most " + asked + " questions to judge-1 in " + asked);
  }

  @Test
  void aCommitteeWithAnEndpointAsksItOnceAndTellsTheSameCostsWhereverItWasCut() throws IOException {
    String[] committee = {
      "feedback.source=committee",
      "feedback.committee=[base, endpoint]",
      "data.truth=letters",
      "feedback.calibration_pairs=6"
    };
    Path straight = fixture.run("straight", recipe("cache-1", committee), StageListener.SILENT);
    int whole = server.requests();
    int cuts = 0;
    while (cuts < 20 && isCut(recipe("cache-2", committee), cuts + 1)) {
      cuts++;
    }
    assertThat(cuts).isGreaterThan(1);
    Path cut = fixture.run("cut", recipe("cache-2", committee), StageListener.SILENT);

    assertThat(server.requests()).isEqualTo(2 * whole);
    JsonNode labeler = agreement(cut).path("labeler");
    assertThat(labeler).isEqualTo(agreement(straight).path("labeler"));
    assertThat(labeler.path("model").asText()).isEqualTo("judge-1");
    // The probe is no question.
    assertThat(labeler.path("requests").asInt()).isEqualTo(whole - 1);
    assertThat(labeler.path("tokens_computed").asInt()).isPositive();
    assertThat(agreement(cut).path("committee").has("endpoint")).isTrue();
    assertThat(Files.readString(cut.resolve("feedback/calibration.jsonl")))
        .contains("\"endpoint/honesty\"", "\"base/honesty\"");
  }

  private static JsonNode agreement(Path run) {
    return JsonFile.read(run.resolve("feedback/agreement.json"));
  }

  private boolean isCut(int moment) {
    return isCut(recipe("cache-2"), moment);
  }

  private boolean isCut(Recipe recipe, int moment) {
    try {
      fixture.run("cut", recipe, TinyRun.failingAt(moment + 1));
      return false;
    } catch (TinyRun.Killed killed) {
      return true;
    }
  }

  private Recipe recipe(String cache, String... more) {
    List<String> overrides = new ArrayList<>(List.of(more));
    overrides.add("feedback.endpoint.url=" + server.url());
    overrides.add("feedback.endpoint.model=judge-1");
    overrides.add("feedback.endpoint.cache=" + folder.resolve(cache));
    return fixture.recipe("endpoint", overrides.toArray(String[]::new));
  }
}
