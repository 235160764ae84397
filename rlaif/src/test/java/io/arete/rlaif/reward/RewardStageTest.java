package io.arete.rlaif.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import io.arete.engine.model.DecoderModel;
import io.arete.rlaif.config.RewardSection;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.run.Metric;
import io.arete.rlaif.run.MetricLog;
import io.arete.rlaif.sft.SftStage;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.text.ConversationPieces;
import io.arete.rlaif.text.FacetTexts;
import io.arete.rlaif.training.TinyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    tiny.in(name, StageListener.SILENT, List.of(overrides), RewardStage::run);
  }

  private JsonNode evaluation(String name, Facet facet) throws IOException {
    return MAPPER.readTree(
        Files.readString(
            folder.resolve(name + "/reward/" + facet.wireName() + "/evaluation.json")));
  }

  @ParameterizedTest
  @EnumSource(RewardSection.Heads.class)
  void aPlantedPreferenceIsLearnedOnEveryFacetFromALossOfLn2(RewardSection.Heads heads)
      throws Exception {
    prepare("run", "sft.max_steps=2");
    train("run", "reward.epochs=6", setting(heads));

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
      Path training =
          heads == RewardSection.Heads.SHARED ? folder.resolve("run/reward/shared") : model;
      Metric first = MetricLog.read(training.resolve("metrics.jsonl")).get(0);
      // One batch says less than all the pairs of first_loss.
      assertThat(first.values().get("loss")).isCloseTo(Math.log(2), within(0.04));
      assertThat(training.resolve("checkpoint")).doesNotExist();
    }
  }

  /** A key that is read and not used would look like one that changes nothing. */
  @Test
  void centeringAndSmoothingReachTheLoss() {
    String[] shared = {"sft.enabled=false", "reward.heads=shared"};
    List<float[]> learned = new ArrayList<>();
    for (String more :
        List.of("reward.centering=0", "reward.centering=10", "reward.label_smoothing=0.8")) {
      tiny.in(more, StageListener.SILENT, List.of(shared), FeedbackFiles::write);
      train(more, shared[0], shared[1], more);
      learned.add(tiny.weights(more + "/reward/action"));
    }
    assertThat(learned.get(1)).isNotEqualTo(learned.get(0));
    assertThat(learned.get(2)).isNotEqualTo(learned.get(0)).isNotEqualTo(learned.get(1));
  }

  private static String setting(RewardSection.Heads heads) {
    return "reward.heads=" + heads.name().toLowerCase(Locale.ROOT);
  }

  @Test
  void facetsOnOneAdapterScoreInOnePassWhatEachScoresAlone() {
    prepare("run", "sft.max_steps=2");
    train("run", "reward.heads=shared");
    tiny.in(
        "run",
        StageListener.SILENT,
        List.of(),
        context -> {
          Map<Facet, Path> folders = new EnumMap<>(Facet.class);
          for (Facet facet : Facet.values()) {
            folders.put(facet, context.folder().reward(facet));
          }
          FacetTexts texts =
              new FacetTexts(
                  new ConversationPieces(context.model().encoder(), context.constitution()),
                  context.constitution(),
                  128);
          List<Conversation> conversations =
              JsonLines.read(
                  context.folder().conversations(),
                  0,
                  (line, row) -> Optional.of(Conversation.ofJson(row)));
          List<Prompt> prompts =
              conversations.stream()
                  .map(one -> context.data().promptsById().get(one.promptId()))
                  .toList();
          DecoderModel model = context.model().decoder();
          try (FacetRewardModels all = new FacetRewardModels(model, texts, folders)) {
            Map<Facet, double[]> together = all.score(prompts, conversations);
            folders.forEach(
                (facet, folder) -> {
                  try (FacetRewardModels alone =
                      new FacetRewardModels(model, texts, Map.of(facet, folder))) {
                    assertThat(together.get(facet))
                        .containsExactly(
                            alone.score(prompts, conversations).get(facet), within(1e-4));
                  }
                });
            assertThat(together.get(Facet.ACTION)).isNotEqualTo(together.get(Facet.MOTIVATION));
          }
        });
  }

  @Test
  void howManyPassesABatchTakesDoesNotChangeTheModel() {
    List<String> settings =
        List.of(
            "sft.enabled=false",
            "reward.lora.dropout=0",
            "reward.learning_rate=0.001",
            "data.limit=40");
    for (String name : List.of("one", "many")) {
      prepare(name, settings.toArray(new String[0]));
    }
    tiny.in("one", StageListener.SILENT, settings, RewardStage::run);
    List<String> small = new ArrayList<>(settings);
    small.add("reward.tokens_per_pass=16");
    tiny.in("many", StageListener.SILENT, small, RewardStage::run);

    float[] one = tiny.weights("one/reward/consequences");
    float[] many = tiny.weights("many/reward/consequences");
    float largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i] - many[i]));
    }
    // One step in the wrong direction would move a weight by 1e-3; Adam makes up to 3e-5 of
    // rounding.
    assertThat(largest).isLessThan(1e-4f);
  }

  @ParameterizedTest
  @EnumSource(RewardSection.Heads.class)
  void aStageThatWasCutAgainAndAgainEndsWithTheSameBytes(RewardSection.Heads heads)
      throws Exception {
    String[] small = {"sft.enabled=false", "data.limit=50", setting(heads)};
    prepare("straight", small);
    prepare("cut", small);
    train("straight", small);
    int cuts = 0;
    for (int moment : new int[] {1, 2, 3, 5, 6, 4, 7, 6, 5}) {
      try {
        tiny.in("cut", TinyRun.failingAt(moment), List.of(small), RewardStage::run);
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
