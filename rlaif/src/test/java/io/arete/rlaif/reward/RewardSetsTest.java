package io.arete.rlaif.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.TinyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several seeds, watch and verdict models, an early stop, a found length; and what is refused. */
class RewardSetsTest {

  private static final List<String> MANY =
      List.of(
          "sft.enabled=false",
          "data.limit=60",
          "reward.epochs=4",
          "reward.max_length=auto",
          "reward.seeds=2",
          "reward.heads=shared",
          "reward.watch_model=true",
          "reward.early_stop.share=0.3",
          "reward.early_stop.every=2",
          "reward.early_stop.patience=2");

  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeEach
  void open() throws Exception {
    tiny = new TinyRun(folder, 60);
  }

  @AfterEach
  void close() {
    tiny.close();
  }

  private void prepare(String name, List<String> settings) {
    tiny.in(name, StageListener.SILENT, settings, FeedbackFiles::write);
  }

  private JsonNode evaluation(String model) {
    return JsonFile.read(folder.resolve(model).resolve("evaluation.json"));
  }

  @Test
  void manySetsThatWereCutAgainAndAgainEndWithTheSameBytesAndDisjointPairs() throws Exception {
    prepare("straight", MANY);
    prepare("cut", MANY);
    tiny.in("straight", StageListener.SILENT, MANY, RewardStage::run);
    int cuts = 0;
    for (int moment : new int[] {1, 4, 7, 5, 9, 6, 8, 11, 7, 12}) {
      try {
        tiny.in("cut", TinyRun.failingAt(moment), MANY, RewardStage::run);
      } catch (TinyRun.Killed killed) {
        cuts++;
      }
    }
    tiny.in("cut", StageListener.SILENT, MANY, RewardStage::run);

    assertThat(cuts).isGreaterThanOrEqualTo(5);
    assertThat(tiny.files("cut")).isEqualTo(tiny.files("straight"));
    setsShareNoPairAndTheKeptStepIsTheBest();
    tiny.in("straight", StageListener.SILENT, MANY, RewardSetsTest::aFacetsScoreIsTheMeanOfSeeds);
  }

  private void setsShareNoPairAndTheKeptStepIsTheBest() throws IOException {
    int train = 0;
    for (String set : List.of("", "watch/", "verdict/")) {
      JsonNode found = evaluation("straight/reward/" + set + "action");
      train += found.path("pairs_trained").intValue() + found.path("pairs_put_aside").intValue();
      assertThat(found.path("pairs_put_aside").intValue()).isPositive();
      assertThat(found.path("kept_step").longValue())
          .isPositive()
          .isLessThanOrEqualTo(found.path("steps").longValue());
    }
    long all =
        Files.readAllLines(folder.resolve("straight/feedback/preferences/action.jsonl")).size();
    JsonNode splits = JsonFile.read(folder.resolve("straight/splits.json"));
    // All but the watch and verdict prompts' pairs, each in one set alone.
    assertThat(train)
        .isEqualTo(splits.path("counts").path("train").intValue())
        .isLessThan((int) all);
    assertThat(tiny.weights("straight/reward/action"))
        .isNotEqualTo(tiny.weights("straight/reward/seed-2/action"));
    assertThat(JsonFile.read(folder.resolve("straight/reward/members.json")).path("members"))
        .hasSize(6);
    JsonNode lengths = JsonFile.read(folder.resolve("straight/reward/lengths.json"));
    assertThat(lengths.path("max_length").intValue() % 8).isZero();
    assertThat(lengths.path("kept_share_reached").booleanValue()).isTrue();
    for (JsonNode facet : lengths.path("facets")) {
      assertThat(facet.path("kept_whole_share").doubleValue()).isGreaterThanOrEqualTo(0.986);
    }
    assertThat(folder.resolve("straight/reward/verdict/motivation/README.md"))
        .content()
        .contains("Reward model: motivation", "judges a policy once", "## Limits");
  }

  private static void aFacetsScoreIsTheMeanOfSeeds(StageContext context) {
    List<Conversation> conversations =
        JsonLines.read(
            context.folder().conversations(),
            4,
            (line, row) -> Optional.of(Conversation.ofJson(row)));
    Map<String, Prompt> byId = context.data().promptsById();
    List<Prompt> prompts = conversations.stream().map(one -> byId.get(one.promptId())).toList();
    List<RewardSet> sets = RewardSet.ensemble(context.recipe().reward().members());
    try (RunRewardModels both = RunRewardModels.open(context);
        RunRewardModels first = RunRewardModels.open(context, sets.subList(0, 1));
        RunRewardModels second = RunRewardModels.open(context, sets.subList(1, 2));
        RunRewardModels watch = RunRewardModels.open(context, List.of(RewardSet.WATCH))) {
      double[] mean = both.score(prompts, conversations).get(Facet.MOTIVATION);
      double[] one = first.score(prompts, conversations).get(Facet.MOTIVATION);
      double[] other = second.score(prompts, conversations).get(Facet.MOTIVATION);
      for (int i = 0; i < mean.length; i++) {
        assertThat(mean[i]).isCloseTo((one[i] + other[i]) / 2, within(1e-9));
      }
      assertThat(watch.score(prompts, conversations).get(Facet.MOTIVATION)).isNotEqualTo(one);
    }
  }

  @Test
  void labelsThatAllStandOnOneSideTrainTheSameModel() throws Exception {
    List<String> settings =
        List.of(
            "sft.enabled=false",
            "data.limit=40",
            "reward.lora.dropout=0",
            "reward.label_smoothing=0.1",
            "reward.learning_rate=0.001");
    prepare("mixed", settings);
    prepare("sided", settings);
    for (Facet facet : Facet.values()) {
      Path file = folder.resolve("sided/feedback/preferences/" + facet.wireName() + ".jsonl");
      Files.write(
          file,
          Files.readAllLines(file).stream()
              .map(
                  line ->
                      line.contains("\"p\":0.0,")
                          ? line.replace("\"first\":1,\"second\":0", "\"first\":0,\"second\":1")
                              .replace("\"p\":0.0,", "\"p\":1.0,")
                          : line)
              .toList());
    }
    tiny.in("mixed", StageListener.SILENT, settings, RewardStage::run);
    tiny.in("sided", StageListener.SILENT, settings, RewardStage::run);

    float[] mixed = tiny.weights("mixed/reward/action");
    float[] sided = tiny.weights("sided/reward/action");
    for (int i = 0; i < mixed.length; i++) {
      assertThat(sided[i]).isCloseTo(mixed[i], within(2e-4f));
    }
  }

  @Test
  void labelsThatSayNothingAreRefused() throws Exception {
    List<String> settings = List.of("sft.enabled=false");
    prepare("ties", settings);
    Path file = folder.resolve("ties/feedback/preferences/action.jsonl");
    Files.write(
        file,
        Files.readAllLines(file).stream()
            .map(line -> line.replaceAll("\"p\":[0-9.]+", "\"p\":0.5"))
            .toList());
    assertThatThrownBy(() -> tiny.in("ties", StageListener.SILENT, settings, RewardStage::run))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("equally good")
        .hasMessageContaining("nothing to learn");
  }

  @Test
  void textsLongerThanTheBaseReadsAreRefusedByName() {
    List<String> settings = List.of("sft.enabled=false", "reward.max_length=600");
    prepare("long", settings);
    assertThatThrownBy(() -> tiny.in("long", StageListener.SILENT, settings, RewardStage::run))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("reward.max_length is 600 but the base reads at most 512 tokens");
  }

  @Test
  void anEmptyReplyIsReadAtItsEndOfTurnAndTwoOfThemAreIdentical() throws Exception {
    List<String> settings = List.of("sft.enabled=false", "data.limit=40");
    prepare("empty", settings);
    Path file = folder.resolve("empty/feedback/conversations.jsonl");
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < 3; i++) {
      lines.set(
          i,
          lines
              .get(i)
              .replaceAll("\"text\":\"[^\"]*\"", "\"text\":\"\"")
              .replaceAll("\"ids\":\\[[0-9,]*]", "\"ids\":[]"));
    }
    Files.write(file, lines);
    tiny.in("empty", StageListener.SILENT, settings, RewardStage::run);

    JsonNode found = evaluation("empty/reward/action");
    assertThat(found.path("dropped_identical").intValue()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("empty/reward/action/held-out.jsonl")))
        .doesNotContain("NaN");
  }
}
