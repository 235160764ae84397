package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arete.engine.AreteException;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterFiles;
import io.arete.engine.adapter.LoraConfig;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.stage.RunData;
import io.arete.rlaif.stage.StageListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackStageTest {

  @TempDir Path folder;
  private FeedbackFixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new FeedbackFixture(folder, 12);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void peoplesLabelIsInheritedByTheOtherFacetsAndMarked() throws IOException {
    Path run = fixture.run("run", fixture.recipe("human"), StageListener.SILENT);

    for (Facet facet : Facet.values()) {
      assertThat(preferences(run, facet))
          .isNotEmpty()
          .allMatch(pair -> pair.inherited() == (facet != Facet.ACTION))
          .allMatch(pair -> pair.p() == 0 || pair.p() == 1)
          .extracting(PreferencePair::id)
          .isEqualTo(preferences(run, Facet.ACTION).stream().map(PreferencePair::id).toList());
    }
    JsonNode facets = agreement(run).path("facets");
    int pairs = preferences(run, Facet.ACTION).size();
    assertThat(facets.path("action").path("inherited").asInt()).isZero();
    assertThat(facets.path("motivation").path("inherited").asInt()).isEqualTo(pairs);
    assertThat(facets.path("consequences").path("inherited").asInt()).isEqualTo(pairs);
  }

  @Test
  void labelPointsAtTheChosenReplyWhereverItStands() {
    Path run = fixture.run("run", fixture.recipe("human"), StageListener.SILENT);

    Map<String, Conversation> conversations = conversations(run);
    List<PreferencePair> pairs = preferences(run, Facet.ACTION);
    for (PreferencePair pair : pairs) {
      int chosen = pair.p() == 1 ? pair.first() : pair.second();
      Conversation conversation = conversations.get(pair.promptId() + "-" + chosen);
      assertThat(conversation.source()).isEqualTo(Conversation.Source.HUMAN);
      Reply action = conversation.reply(Facet.ACTION);
      assertThat(action.text()).containsPattern("Good|Fine|Short");
      assertThat(action.ended()).isEqualTo(Reply.Ended.TURN);
      assertThat(action.ids()).last().isEqualTo(fixture.model.encoder().endOfTurnId());
    }
    assertThat(pairs).extracting(PreferencePair::p).contains(0.0, 1.0);
  }

  @Test
  void aProbabilityThatCameWithAPairIsItsLabel() throws IOException {
    Path file = folder.resolve("pairs.jsonl");
    String sure = Files.readString(file);
    Files.writeString(file, sure.replace("}\n", ", \"p\": 0.75}\n"));
    Path run = fixture.run("run", fixture.recipe("human"), StageListener.SILENT);

    List<PreferencePair> pairs = preferences(run, Facet.MOTIVATION);
    assertThat(pairs).extracting(PreferencePair::p).containsOnly(0.25, 0.75);
    JsonNode row = agreement(run).path("facets").path("motivation");
    assertThat(row.path("soft").asInt()).isEqualTo(pairs.size());
  }

  @Test
  void severalPairsOnOnePromptHaveConversationsOfTheirOwn() {
    Path run =
        fixture.run("run", fixture.recipe("human", "data.verdict_share=0"), StageListener.SILENT);

    List<PreferencePair> pairs = preferences(run, Facet.ACTION);
    Map<String, Long> perPrompt =
        pairs.stream()
            .collect(Collectors.groupingBy(PreferencePair::promptId, Collectors.counting()));
    assertThat(perPrompt).containsValue(2L);
    assertThat(conversations(run)).hasSize(2 * pairs.size());
  }

  @Test
  void aReplyTooLongForTheRewardModelsIsDroppedAndCounted() throws IOException {
    Path run =
        fixture.run("run", fixture.recipe("human", "data.verdict_share=0"), StageListener.SILENT);

    assertThat(agreement(run).path("dropped").path("reply_too_long").asInt()).isEqualTo(1);
    assertThat(preferences(run, Facet.ACTION)).hasSize(13);
    assertThat(agreement(run).path("pairs").asInt()).isEqualTo(13);
  }

  @Test
  void verdictPromptsGetNoFeedbackAndALimitKeepsTheShares() throws IOException {
    for (String source : List.of("human", "local")) {
      var recipe = fixture.recipe(source, "feedback.prompts=6", "data.verdict_share=0.2");
      Path run = fixture.run(source, recipe, StageListener.SILENT);

      try (RunFolder opened = RunFolder.open(run)) {
        RunData data = RunData.load(recipe, opened, fixture.model.encoder());
        List<String> verdict = data.prompts(Split.VERDICT).stream().map(p -> p.id()).toList();
        assertThat(verdict).isNotEmpty();
        assertThat(conversations(run).values())
            .extracting(Conversation::promptId)
            .doesNotContainAnyElementsOf(verdict);
        JsonNode prompts = agreement(run).path("prompts");
        int train = data.prompts(Split.TRAIN).size();
        int both = train + data.prompts(Split.WATCH).size();
        assertThat(prompts.path("train").asInt()).isEqualTo(Math.round(6.0 * train / both));
        assertThat(prompts.path("train").asInt() + prompts.path("watch").asInt()).isEqualTo(6);
      }
    }
  }

  @Test
  void labelerGivesSoftLabelsThatFollowFromItsWrittenVotes() throws IOException {
    Path run =
        fixture.run(
            "run",
            fixture.recipe("local", "feedback.samples=3", "feedback.tie_threshold=0.0001"),
            StageListener.SILENT);

    List<JudgedPair> judged = judged(run, "judgements.jsonl");
    for (Facet facet : Facet.values()) {
      Map<String, JudgedPair> byId =
          judged.stream()
              .filter(pair -> pair.facet() == facet)
              .collect(Collectors.toMap(JudgedPair::id, Function.identity()));
      List<PreferencePair> kept = preferences(run, facet);
      JsonNode row = agreement(run).path("facets").path(facet.wireName());
      assertThat(byId).hasSize(row.path("pairs").asInt());
      assertThat(kept).hasSize(row.path("kept").asInt()).isNotEmpty();
      for (PreferencePair pair : kept) {
        Judgement said = byId.get(pair.id()).judgement().orElseThrow();
        assertThat(said.votes())
            .extracting(WeightedVote::virtue)
            .containsExactly("honesty", "respect");
        assertThat(pair.p()).isEqualTo(said.label(VoteAveraging.LOG_ODDS).p());
        assertThat(pair.inherited()).isFalse();
      }
    }
    JsonNode labeler = agreement(run).path("labeler");
    assertThat(labeler.path("tokens_saved").asLong()).isPositive();
    int calibrated = judged(run, "calibration.jsonl").size();
    assertThat(labeler.path("questions").asLong()).isEqualTo(4L * (judged.size() + calibrated));
  }

  @Test
  void theBestAgainstTheWorstIsOnePreferenceAPromptThoughAllAreCompared() throws IOException {
    Path run =
        fixture.run(
            "run",
            fixture.recipe(
                "local", "feedback.samples=4", "feedback.pairs=best_worst", "feedback.batch=3"),
            StageListener.SILENT);

    JsonNode prompts = agreement(run).path("prompts");
    int asked = prompts.path("train").asInt() + prompts.path("watch").asInt();
    assertThat(judged(run, "judgements.jsonl")).hasSize(6 * 3 * asked);
    for (Facet facet : Facet.values()) {
      List<PreferencePair> kept = preferences(run, facet);
      assertThat(kept)
          .hasSizeBetween(1, asked)
          .extracting(PreferencePair::promptId)
          .doesNotHaveDuplicates();
      assertThat(agreement(run).path("facets").path(facet.wireName()).path("kept").asInt())
          .isEqualTo(kept.size());
    }
  }

  @Test
  void labelsThatAreAllTiesLeaveNoPreferencesAndAreReported() throws IOException {
    Path run =
        fixture.run(
            "run", fixture.recipe("local", "feedback.tie_threshold=0.49"), StageListener.SILENT);

    for (Facet facet : Facet.values()) {
      JsonNode row = agreement(run).path("facets").path(facet.wireName());
      assertThat(row.path("ties").asInt()).isPositive().isEqualTo(row.path("pairs").asInt());
      assertThat(row.path("kept").asInt()).isZero();
      assertThat(preferences(run, facet)).isEmpty();
    }
  }

  @Test
  void labelerIsComparedWithPeopleOnTheirPairsThatWatch() throws IOException {
    Path run = fixture.run("run", fixture.recipe("local"), StageListener.SILENT);

    List<JudgedPair> known = judged(run, "calibration.jsonl");
    JsonNode row = agreement(run).path("calibration").path("action");
    JsonNode share = row.path("agrees_with_people");
    long agree =
        known.stream()
            .filter(
                pair ->
                    pair.judgement().orElseThrow().label(VoteAveraging.LOG_ODDS).p() > 0.5
                        == pair.firstPreferred().orElseThrow())
            .count();
    assertThat(share.path("n").asInt()).isPositive().isEqualTo(known.size());
    assertThat(share.path("count").asLong()).isEqualTo(agree);
    assertThat(share.path("low").asDouble()).isLessThanOrEqualTo(share.path("share").asDouble());
    assertThat(share.path("high").asDouble())
        .isGreaterThanOrEqualTo(share.path("share").asDouble());
  }

  @Test
  void theFineTunedModelSpeaksWhereThereIsOne() {
    Path plain = fixture.run("plain", fixture.recipe("local"), StageListener.SILENT);
    ModelConfig model = fixture.model.decoder().config();
    LoraConfig lora = new LoraConfig(4, 8, 0, EnumSet.copyOf(model.family().projections()));
    try (Adapter adapter = Adapter.zeros(lora, model, 0, Device.CPU);
        Scope scope = Scope.open()) {
      for (String name : adapter.parameters().names()) {
        Tensor values = adapter.parameters().get(name);
        values.copyInPlace(Tensors.normal(Device.CPU, 1, 0.5, values.shape()));
      }
      AdapterFiles.write(folder.resolve("tuned/sft"), adapter, "model");
    }
    Path tuned =
        fixture.run("tuned", fixture.recipe("local", "sft.enabled=true"), StageListener.SILENT);

    assertThat(conversations(tuned)).isNotEqualTo(conversations(plain));
  }

  @Test
  void peoplesLabelsWithoutPeoplesPairsAreRefusedInOneSentence() {
    assertThatThrownBy(
            () ->
                fixture.run(
                    "run", fixture.recipe("human", "reward.max_length=17"), StageListener.SILENT))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("reward.max_length");
  }

  static List<PreferencePair> preferences(Path run, Facet facet) {
    return JsonLines.readAppended(
        run.resolve("feedback/preferences/" + facet.wireName() + ".jsonl"),
        (line, row) -> Optional.of(PreferencePair.ofJson(row)));
  }

  private static Map<String, Conversation> conversations(Path run) {
    return JsonLines.readAppended(
            run.resolve("feedback/conversations.jsonl"),
            (line, row) -> Optional.of(Conversation.ofJson(row)))
        .stream()
        .collect(Collectors.toMap(c -> c.promptId() + "-" + c.sample(), Function.identity()));
  }

  private static List<JudgedPair> judged(Path run, String name) {
    return JsonLines.readAppended(
        run.resolve("feedback").resolve(name), (line, row) -> Optional.of(JudgedPair.ofJson(row)));
  }

  static JsonNode agreement(Path run) throws IOException {
    return new ObjectMapper().readTree(Files.readString(run.resolve("feedback/agreement.json")));
  }
}
