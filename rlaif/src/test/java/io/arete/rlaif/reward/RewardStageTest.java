package io.arete.rlaif.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.run.Metric;
import io.arete.rlaif.run.MetricLog;
import io.arete.rlaif.sft.SftStage;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.TinyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewardStageTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeEach
  void open() throws Exception {
    tiny = new TinyRun(folder, 120);
  }

  @AfterEach
  void close() {
    tiny.close();
  }

  private void prepare(String name, String... overrides) {
    tiny.in(
        name,
        StageListener.SILENT,
        List.of(overrides),
        context -> {
          new SftStage().run(context);
          FeedbackFiles.write(context);
        });
  }

  private void train(String name, String... overrides) {
    tiny.in(name, StageListener.SILENT, List.of(overrides), new RewardStage()::run);
  }

  private JsonNode evaluation(String name, Facet facet) throws IOException {
    return MAPPER.readTree(
        Files.readString(
            folder.resolve(name + "/reward/" + facet.wireName() + "/evaluation.json")));
  }

  @Test
  void aPlantedPreferenceIsLearnedOnEveryFacetFromALossOfLn2() throws Exception {
    prepare("run", "sft.max_steps=2");
    train("run", "reward.epochs=6");

    for (Facet facet : Facet.values()) {
      JsonNode result = evaluation("run", facet);
      assertThat(result.path("first_loss").doubleValue()).isCloseTo(Math.log(2), within(0.02));
      assertThat(result.path("accuracy").doubleValue()).isGreaterThan(0.9);
      assertThat(result.path("n").intValue()).isGreaterThan(result.path("decided").intValue());
      assertThat(result.path("temperature_fit").path("learned").booleanValue()).isTrue();
      assertThat(result.path(facet == Facet.ACTION ? "inherited" : "own").path("n").intValue())
          .isZero();
      Path model = folder.resolve("run/reward/" + facet.wireName());
      assertThat(NormalizationFile.read(model).sd()).isPositive();
      Metric first = MetricLog.read(model.resolve("metrics.jsonl")).get(0);
      assertThat(first.values().get("loss")).isCloseTo(Math.log(2), within(0.02));
      assertThat(model.resolve("checkpoint")).doesNotExist();
    }
  }

  @Test
  void howManyPassesABatchTakesDoesNotChangeTheModel() {
    // Where a gradient is nearly 0, Adam makes a step of any rounding; a small rate bounds that.
    List<String> settings =
        List.of(
            "sft.enabled=false",
            "reward.lora.dropout=0",
            "reward.learning_rate=0.001",
            "data.limit=40");
    for (String name : List.of("one", "many")) {
      prepare(name, settings.toArray(new String[0]));
    }
    tiny.in("one", StageListener.SILENT, settings, new RewardStage()::run);
    List<String> small = new ArrayList<>(settings);
    small.add("reward.tokens_per_pass=16");
    tiny.in("many", StageListener.SILENT, small, new RewardStage()::run);

    assertThat(tiny.weights("many/reward/consequences"))
        .containsExactly(tiny.weights("one/reward/consequences"), within(1e-5f));
  }

  @Test
  void aStageThatWasCutAgainAndAgainEndsWithTheSameBytes() throws Exception {
    String[] small = {"sft.enabled=false", "data.limit=50"};
    prepare("straight", small);
    prepare("cut", small);
    train("straight", small);
    int cuts = 0;
    for (int moment : new int[] {1, 2, 3, 5, 6, 4, 7, 6, 5}) {
      try {
        tiny.in("cut", TinyRun.failingAt(moment), List.of(small), new RewardStage()::run);
      } catch (TinyRun.Killed killed) {
        cuts++;
      }
    }
    train("cut", small);

    assertThat(cuts).isGreaterThanOrEqualTo(5);
    assertThat(tiny.files("cut")).isEqualTo(tiny.files("straight"));
  }

  @Test
  void repliesThatAreAllTooLongAreOneSentence() {
    prepare("long", "sft.enabled=false");
    assertThatThrownBy(
            () -> train("long", "sft.enabled=false", "reward.max_length=16", "reward.reads=whole"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("0 pairs to train on")
        .hasMessageContaining("reward.max_length");
  }

  @Test
  void pairsThatAreMissingOrIdenticalAreOneSentence() throws Exception {
    prepare("none", "sft.enabled=false");
    Path file = folder.resolve("none/feedback/preferences/action.jsonl");
    Files.delete(file);
    assertThatThrownBy(() -> train("none", "sft.enabled=false"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("action.jsonl has 0 pairs to train on and 0 to hold out (of 0");

    prepare("same", "sft.enabled=false");
    Path conversations = folder.resolve("same/feedback/conversations.jsonl");
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(conversations)) {
      lines.add(
          line.contains("\"sample\":0")
              ? line
              : lines.get(lines.size() - 1).replace("\"sample\":0", "\"sample\":1"));
    }
    Files.write(conversations, lines);
    assertThatThrownBy(() -> train("same", "sft.enabled=false"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("120 are identical after the cut");
  }

  @Test
  void aPairWithoutItsConversationIsNamed() throws Exception {
    prepare("gap", "sft.enabled=false");
    Path conversations = folder.resolve("gap/feedback/conversations.jsonl");
    List<String> lines = Files.readAllLines(conversations);
    Files.write(conversations, lines.subList(0, lines.size() - 1));

    assertThatThrownBy(() -> train("gap", "sft.enabled=false"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("the pair human-")
        .hasMessageContaining("needs conversation 1 of prompt");
  }
}
