package io.arete.rlaif.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.TinyChatModel;
import io.arete.engine.chat.ChatModel;
import io.arete.engine.disk.Snapshot;
import io.arete.engine.model.BaseForm;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.text.Message;
import io.arete.rlaif.config.EndpointArguments;
import io.arete.rlaif.contest.Contest;
import io.arete.rlaif.contest.ContestPlan;
import io.arete.rlaif.contest.Contestant;
import io.arete.rlaif.contest.EndpointContestant;
import io.arete.rlaif.contest.FolderContestant;
import io.arete.rlaif.contest.RunScoring;
import io.arete.rlaif.contest.SystemAddress;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.endpoint.EndpointClient;
import io.arete.rlaif.endpoint.JudgeServer;
import io.arete.rlaif.endpoint.Timekeeper;
import io.arete.rlaif.evaluation.SystemRules;
import io.arete.rlaif.feedback.Labeler;
import io.arete.rlaif.feedback.LabelerAddress;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.TinyRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other people's models must be compared as fairly, and as safely against a kill, as a run's. */
class ContestTest {

  private static final Constitution CONSTITUTION = Constitution.load("box:virtues");
  private static final SystemRules RULES = new SystemRules("Be good.");

  @TempDir private static Path root;
  private static PipelineFixture tiny;
  private static Path other;
  private static JudgeServer server;

  @BeforeAll
  static void makeRewardModels() {
    tiny = PipelineFixture.write(root);
    Pipeline.run(tiny.request("run", Stage.REWARD, Set.of()));
    other = TinyChatModel.write(root.resolve("other"), 9);
    server = new JudgeServer(false);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aModelAgainstItselfDiffersByNothingAndRulesChangeIt() throws IOException {
    JsonNode summary = run(root.resolve("itself"), folders(), StageListener.SILENT);
    DocumentedFile.check("contest-summary", root.resolve("itself/summary.json"));

    // Replies of untrained models never end, for which all are charged alike.
    JsonNode scores =
        summary.path("systems_table").path("outcomes").path("ensemble_uncharged").path("systems");
    JsonNode twin = scores.path("twin").path("minus_mine");
    assertThat(twin.path("difference").asDouble()).isZero();
    assertThat(twin.path("ties").asInt()).isEqualTo(6);
    assertThat(scores.path("theirs").path("minus_mine").path("difference").asDouble()).isNotZero();
    assertThat(scores.path("mine+rules").path("mean").path("mean").asDouble())
        .isNotEqualTo(scores.path("mine").path("mean").path("mean").asDouble());
    JsonNode judged = summary.path("judge").path("systems");
    // Whoever brings rules has not planned to compare by them.
    assertThat(summary.path("planned").asText()).isEqualTo("twin");
    JsonNode planned = summary.path("systems_table").path("outcomes").path("ensemble");
    assertThat(planned.path("systems").path("twin").path("minus_mine").has("p_holm")).isFalse();
    assertThat(planned.path("systems").path("mine+rules").path("minus_mine").has("p_holm"))
        .isTrue();
    assertThat(summary.path("systems").path("mine").path("refusals").path("n").asInt())
        .as("the prompt is the unit")
        .isEqualTo(6);
    assertThat(judged.path("twin").path("all").path("win_share").asDouble()).isEqualTo(0.5);
    assertThat(judged.path("theirs").path("all").path("comparisons").asInt()).isEqualTo(36);
    assertThat(summary.path("verdicts").path("twin").path("word").asText()).isEqualTo("no_gain");
    assertThat(root.resolve("itself/scores/mine+rules.jsonl")).content().doesNotContain("Be good");
    assertThat(ContestTable.text(summary))
        .contains("6 prompts, 2 conversations of each and system; all differences are from mine")
        .contains("theirs wins (95 %)")
        .contains("(the judge is local)")
        .contains("Not the planned comparison, which is with twin");
  }

  @Test
  void whereverItIsCutItEndsWithTheSameBytesAndPaysNothingTwice() throws IOException {
    Path straight = root.resolve("straight");
    run(straight, withServer("cache-1"), StageListener.SILENT);
    int whole = server.requests();
    Path cut = root.resolve("cut");
    int cuts = 0;
    while (cuts < 40 && isCut(cut, cuts)) {
      cuts++;
    }
    assertThat(cuts).isGreaterThan(4);
    run(cut, withServer("cache-2"), StageListener.SILENT);

    assertThat(bytes(cut)).isEqualTo(bytes(straight));
    assertThat(server.requests()).isEqualTo(2 * whole);
    // Two conversations of a prompt, and the three turns of each, are different questions.
    assertThat(new HashSet<>(server.answered())).hasSize(whole).hasSize(6 * 2 * 3);
  }

  @Test
  void aFolderThatWasBegunOtherwiseIsRefused() {
    Path out = root.resolve("begun");
    run(out, folders(), StageListener.SILENT);
    List<ContestPlan.Entry> fewer = List.of(folders().get(0), folders().get(2));
    assertThatThrownBy(() -> run(out, fewer, StageListener.SILENT))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("was begun with other settings (systems)");
    assertThatThrownBy(() -> run(out, fewer.subList(0, 1), StageListener.SILENT))
        .hasMessageContaining("a comparison needs at least 2");
  }

  @Test
  void addressesSayWhatIsWrongWithThem() {
    assertThat(SystemAddress.all(List.of("a=x,b=endpoint:http://h:1/v1#m", "c=d")))
        .containsExactly(
            new SystemAddress("a", false, "x", Optional.empty()),
            new SystemAddress("b", true, "http://h:1/v1", Optional.of("m")),
            new SystemAddress("c", false, "d", Optional.empty()));
    for (String wrong : List.of("x", "=x", "a=", "a b=x", "a=endpoint:", "a/b=x", "a=x,")) {
      assertThatThrownBy(() -> SystemAddress.all(List.of(wrong)))
          .as(wrong)
          .isInstanceOf(AreteException.class)
          .hasMessageContaining("must be NAME=FOLDER or NAME=endpoint:URL#MODEL");
    }
    assertThatThrownBy(() -> SystemAddress.all(List.of("a=x,A=y")))
        .hasMessageContaining("Two systems are called A");
  }

  private static List<ContestPlan.Entry> folders() {
    String model = root.resolve("model").toString();
    return List.of(
        new ContestPlan.Entry("mine", model, Optional.empty()),
        new ContestPlan.Entry("mine+rules", model, Optional.of(RULES)),
        new ContestPlan.Entry("twin", model, Optional.empty()),
        new ContestPlan.Entry("theirs", other.toString(), Optional.empty()));
  }

  private static List<ContestPlan.Entry> withServer(String cache) {
    return List.of(folders().get(0), new ContestPlan.Entry("server", cache, Optional.empty()));
  }

  private static JsonNode run(Path out, List<ContestPlan.Entry> entries, StageListener listener) {
    // What is paid where is no setting of the contest.
    List<ContestPlan.Entry> named =
        entries.stream()
            .map(
                one ->
                    new ContestPlan.Entry(
                        one.name(),
                        one.name().equals("server") ? "server" : one.from(),
                        one.rules()))
            .toList();
    Map<String, String> places =
        entries.stream()
            .collect(Collectors.toMap(ContestPlan.Entry::name, ContestPlan.Entry::from));
    ContestPlan plan =
        new ContestPlan(
            named,
            prompts(),
            2,
            5,
            CONSTITUTION,
            Optional.of("run"),
            Optional.of("local"),
            200,
            4,
            out);
    Contest.Cast cast =
        new Contest.Cast(
            entry -> open(entry.name(), String.valueOf(places.get(entry.name())), out),
            Optional.of(
                work ->
                    FinishedRun.with(
                        tiny.run("run"),
                        Stage.REWARD,
                        StageListener.SILENT,
                        context -> {
                          try (RunScoring scoring = RunScoring.open(context)) {
                            work.accept(scoring);
                          }
                          return out;
                        })),
            Optional.of(before -> judge()));
    return Contest.run(plan, cast, listener);
  }

  private static Labeler judge() {
    return LabelerAddress.of("local:" + other)
        .local(CONSTITUTION, BaseForm.DENSE, Dtype.FLOAT32, Device.CPU);
  }

  private static Contestant open(String name, String place, Path out) {
    if (name.equals("server")) {
      EndpointClient client =
          EndpointClient.open(
              EndpointArguments.read(
                  server.url(),
                  Map.of(
                      "--endpoint-model", "m", "--endpoint-cache", root.resolve(place).toString())),
              Map.of(),
              out.resolve(".payer-server"),
              Timekeeper.SYSTEM);
      return new EndpointContestant(client, CONSTITUTION, 5, 4);
    }
    ChatModel model = ChatModel.load(Path.of(place), Dtype.FLOAT32, Device.CPU);
    return FolderContestant.open(model, Optional.empty(), CONSTITUTION, 5, 4);
  }

  private static List<Prompt> prompts() {
    return IntStream.range(0, 6)
        .mapToObj(i -> Prompt.of(List.of(Message.user("What of " + i + "?"))))
        .toList();
  }

  private static boolean isCut(Path out, int moment) {
    try {
      run(out, withServer("cache-2"), TinyRun.failingAt(moment + 1));
      return false;
    } catch (TinyRun.Killed killed) {
      return true;
    }
  }

  private static Map<String, String> bytes(Path out) throws IOException {
    return Snapshot.of(out, ".lock", ".payer-server");
  }
}
