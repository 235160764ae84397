package io.arete.rlaif.labeling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.config.EndpointArguments;
import io.arete.rlaif.config.EndpointSettings;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.endpoint.JudgeServer;
import io.arete.rlaif.feedback.EndpointLabeler;
import io.arete.rlaif.feedback.VoteAveraging;
import io.arete.rlaif.stage.NotingListener;
import io.arete.rlaif.stage.StageListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs of a file, labeled by a judge behind a real HTTP server. */
class EndpointLabelingTest {

  private static final int PAIRS = 40;

  /** Six virtues in two orders. */
  private static final int QUESTIONS = 12 * PAIRS;

  @TempDir private Path folder;
  private JudgeServer server;
  private Path pairs;

  @BeforeEach
  void start() throws IOException {
    server = new JudgeServer(true);
    StringBuilder rows = new StringBuilder("prompt,a,b\n");
    for (int i = 0; i < PAIRS; i++) {
      rows.append("Question ").append(i).append(",Yes ").append(i).append(",No\n");
    }
    pairs = Files.writeString(folder.resolve("pairs.csv"), rows);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyQuestionIsAskedOnceAndTheReportSaysWhatItCost() {
    List<String> notes = new ArrayList<>();
    ObjectNode report = run("out", Map.of(), new NotingListener(notes));

    assertThat(report.path("labels").path("pairs").asInt()).isEqualTo(PAIRS);
    assertThat(new HashSet<>(server.answered())).hasSize(server.requests()).hasSize(QUESTIONS + 1);
    JsonNode labeler = report.path("labeler");
    assertThat(labeler.path("requests").asInt()).isEqualTo(QUESTIONS);
    assertThat(labeler.path("paid_tokens").asInt()).isEqualTo(41 * QUESTIONS);
    assertThat(labeler.path("answers").asText()).isEqualTo("log_probabilities");
    assertThat(notes)
        .anyMatch(
            note ->
                note.startsWith("at most 480 questions to judge-1 in 480 requests of about ")
                    && note.contains("--endpoint-max-requests 10000"));
    assertThat(folder.resolve("out/report.json")).exists();
  }

  @Test
  void aBudgetStopsItKeepsWhatWasPaidAndTheRestIsAskedWhenItIsRaised() throws IOException {
    Map<String, String> little = Map.of("--endpoint-max-requests", "200");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> run("out", little, StageListener.SILENT))
          .isInstanceOf(AreteException.class)
          .hasMessageContainingAll("--endpoint-max-requests is 200", "are not asked again");
      assertThat(server.requests()).isEqualTo(200);
    }
    run("out", Map.of(), StageListener.SILENT);
    assertThat(new HashSet<>(server.answered())).hasSize(server.requests()).hasSize(QUESTIONS + 1);

    run(
        "straight",
        Map.of("--endpoint-cache", folder.resolve("other").toString()),
        StageListener.SILENT);
    assertThat(files("out")).isEqualTo(files("straight"));
    int before = server.requests();
    run("out", Map.of(), StageListener.SILENT);
    assertThat(server.requests()).isEqualTo(before);
  }

  @Test
  void anotherModelOrServerIsAnotherLabeling() {
    run("out", Map.of(), StageListener.SILENT);
    assertThatThrownBy(
            () -> run("out", Map.of("--endpoint-model", "judge-2"), StageListener.SILENT))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("(numbers \"judge-1, top_logprobs 20, votes 8\", now \"judge-2, ");
  }

  private ObjectNode run(String name, Map<String, String> options, StageListener listener) {
    Map<String, String> all = new TreeMap<>();
    all.put("--endpoint-model", "judge-1");
    all.put("--endpoint-cache", folder.resolve("cache").toString());
    all.putAll(options);
    EndpointSettings settings = EndpointArguments.read(server.url(), all);
    Constitution virtues = Constitution.load("box:virtues");
    Path out = folder.resolve(name);
    LabelingPlan plan =
        new LabelingPlan(
            PairSource.of(pairs),
            Optional.empty(),
            out,
            Facet.ACTION,
            VoteAveraging.LOG_ODDS,
            0.02,
            7,
            virtues,
            "endpoint:" + server.url(),
            settings.deciding(),
            Set.of());
    return PairLabeling.run(
        plan,
        before ->
            EndpointLabeler.open(settings, out.resolve(".payer"), virtues, before, listener::note),
        listener);
  }

  private Map<String, String> files(String name) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String file : List.of("pairs.jsonl", "judgements.jsonl", "report.json", "labeling.json")) {
      all.put(file, Files.readString(folder.resolve(name).resolve(file)));
    }
    return all;
  }
}
