package io.arete.rlaif.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.arete.engine.AreteException;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.run.RunFolder;
import io.arete.rlaif.sampling.ConversationSampler;
import io.arete.rlaif.stage.RunData;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.stats.Logistic;
import io.arete.rlaif.text.ConversationPieces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A labeler is compared with what is known before it labels anything. */
class CalibrationTest {

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

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
  void aStopAfterTheCalibrationHasSpentNothingElse() throws IOException {
    var recipe = fixture.recipe("local", "data.truth=letters", "feedback.calibration_pairs=5");
    for (int attempt = 0; attempt < 2; attempt++) {
      try (RunFolder run = RunFolder.open(folder.resolve("run"))) {
        assertThatThrownBy(
                () ->
                    FeedbackStage.run(
                        fixture.context(recipe, run, StageListener.SILENT),
                        () -> {
                          throw new Stop();
                        }))
            .isInstanceOf(Stop.class);
      }
      Path feedback = folder.resolve("run/feedback");
      JsonNode told = JsonFile.read(feedback.resolve("agreement.json"));
      // Five pairs, three facets, two virtues, two orders; asked once, though begun twice.
      assertThat(told.path("labeler").path("questions").asLong()).isEqualTo(5 * 3 * 2 * 2);
      for (Facet facet : Facet.values()) {
        JsonNode row = told.path("calibration").path(facet.wireName());
        assertThat(row.path("pairs").asInt()).isEqualTo(5);
        assertThat(row.path("agrees_with_truth").path("n").asInt()).isBetween(1, 5);
      }
      assertThat(told.path("facets").isMissingNode()).isTrue();
      assertThat(feedback.resolve("conversations.jsonl")).isEmptyFile();
      assertThat(feedback.resolve("judgements.jsonl")).isEmptyFile();
      assertThat(feedback.resolve("calibration-conversations.jsonl")).content().hasLineCount(10);
    }
  }

  @Test
  void calibrationPairsAreOtherConversationsThanThoseThatAreLabelled() throws IOException {
    Path run =
        fixture.run(
            "run",
            fixture.recipe("local", "data.truth=letters", "feedback.calibration_pairs=20"),
            StageListener.SILENT);

    Set<String> labelled = texts(run.resolve("feedback/conversations.jsonl"));
    Set<String> known = texts(run.resolve("feedback/calibration-conversations.jsonl"));
    assertThat(known).doesNotContainAnyElementsOf(labelled);
    JsonNode row = JsonFile.read(run.resolve("feedback/agreement.json")).path("facets");
    for (Facet facet : Facet.values()) {
      JsonNode wrong = row.path(facet.wireName()).path("wrong_by_estimate");
      assertThat(wrong.path("low").asDouble()).isLessThanOrEqualTo(wrong.path("share").asDouble());
      assertThat(wrong.path("labels").asInt())
          .isEqualTo(row.path(facet.wireName()).path("kept").asInt());
      assertThat(row.path(facet.wireName()).path("wrong_by_truth").path("n").asInt()).isPositive();
    }
  }

  /** Read the other way round, every judge that is right would be stopped. */
  @Test
  void ofEachPairTheOneThatPeoplePreferIsKnownWhereverItStands() {
    List<Comparison> shown = new ArrayList<>();
    Labeler silent =
        new Labeler() {
          @Override
          public List<Optional<Judgement>> judge(List<Comparison> comparisons) {
            shown.addAll(comparisons);
            return Collections.nCopies(comparisons.size(), Optional.empty());
          }

          @Override
          public LabelerWork work() {
            return LabelerWork.NONE;
          }
        };
    var recipe = fixture.recipe("local", "data.watch_share=0.8");
    try (RunFolder run = RunFolder.open(folder.resolve("run"));
        FeedbackLog log = FeedbackLog.open(run);
        StackedModel speaker = StackedModel.plain(fixture.model.decoder())) {
      StageContext context = fixture.context(recipe, run, StageListener.SILENT);
      ConversationSampler sampler =
          new ConversationSampler(
              fixture.model,
              new ConversationPieces(fixture.model.encoder(), context.constitution()),
              recipe.feedback().maxReplyTokens(),
              Sampling.plain());
      new Calibration(context, sampler, silent, log).run(speaker);
      List<JudgedPair> known =
          JsonLines.readAppended(
              FeedbackLog.calibration(run), (line, row) -> Optional.of(JudgedPair.ofJson(row)));
      assertThat(known).hasSameSizeAs(shown).hasSizeGreaterThan(5);
      for (int i = 0; i < known.size(); i++) {
        boolean preferred = shown.get(i).first().matches("(Good|Fine|Short).*");
        assertThat(known.get(i).firstPreferred()).contains(preferred);
      }
      assertThat(new HashSet<>(known.stream().map(JudgedPair::firstPreferred).toList())).hasSize(2);
    }
  }

  /** Read the other way round, the gate on wrong labels would stop the best of labelers. */
  @Test
  void aLabelerThatIsAlwaysRightHasNoWrongLabelsAndOneThatIsNeverHasOnlySuch() {
    try (RunFolder run = RunFolder.open(folder.resolve("run"))) {
      StageContext context = fixture.context(fixture.recipe("local"), run, StageListener.SILENT);
      for (boolean right : new boolean[] {true, false}) {
        List<JudgedPair> known = new ArrayList<>();
        List<PreferencePair> labels = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          double signal = i % 2 == 0 ? 2 : -2;
          WeightedVote vote = new WeightedVote("honesty", 1, new LogOddsVote(signal, -signal));
          String id = "prompt-" + 2 * i + "-" + (2 * i + 1);
          known.add(
              new JudgedPair(
                  id,
                  Facet.ACTION,
                  Optional.of(signal > 0 == right),
                  Optional.of(new Judgement(List.of(vote), 1))));
          labels.add(
              new PreferencePair(
                  id,
                  "prompt",
                  Facet.ACTION,
                  2 * i,
                  2 * i + 1,
                  Logistic.sigmoid(signal),
                  signal,
                  PreferencePair.Source.LOCAL,
                  false));
        }

        double share =
            new CalibrationReport(context, known)
                .wrong(Facet.ACTION, labels)
                .orElseThrow()
                .path("share")
                .asDouble();

        assertThat(share).isEqualTo(right ? 0 : 1);
      }
    }
  }

  @Test
  void promptsWithoutLabelsComeFirstAndTheVerdictsNever() {
    var recipe = fixture.recipe("local", "data.verdict_share=0.2");
    try (RunFolder run = RunFolder.open(folder.resolve("run"))) {
      RunData data = RunData.load(recipe, run, fixture.model.encoder());
      List<String> verdict = data.prompts(Split.VERDICT).stream().map(p -> p.id()).toList();
      var labelled = FeedbackPrompts.choose(data, 4);
      Set<String> taken = new TreeSet<>();
      labelled.forEach(prompt -> taken.add(prompt.id()));

      for (int pairs : new int[] {3, 6, 40}) {
        List<CalibrationPrompts.Place> places = CalibrationPrompts.choose(data, labelled, pairs);
        assertThat(places).hasSize(pairs).doesNotHaveDuplicates();
        assertThat(places)
            .extracting(place -> place.prompt().id())
            .doesNotContainAnyElementsOf(taken)
            .doesNotContainAnyElementsOf(verdict);
      }
      // More than eight of a prompt: those that are labelled help out.
      assertThat(CalibrationPrompts.choose(data, labelled, 200))
          .extracting(place -> place.prompt().id())
          .containsAll(taken);
      var all = FeedbackPrompts.choose(data, 0);
      assertThat(CalibrationPrompts.choose(data, all, 5)).hasSize(5);
    }
  }

  @Test
  void theTruthLabelsWithoutErrorsAndIsNotComparedWithItself() throws IOException {
    Path run =
        fixture.run("run", fixture.recipe("truth", "data.truth=letters"), StageListener.SILENT);

    JsonNode told = JsonFile.read(run.resolve("feedback/agreement.json"));
    assertThat(told.path("source").asText()).isEqualTo("truth");
    assertThat(told.has("calibration")).isFalse();
    for (Facet facet : Facet.values()) {
      JsonNode row = told.path("facets").path(facet.wireName());
      assertThat(row.path("kept").asInt()).isPositive();
      assertThat(row.path("wrong_by_truth").path("count").asInt()).isZero();
      assertThat(row.path("order_decided").path("count").asInt()).isZero();
    }
    assertThat(FeedbackStageTest.preferences(run, Facet.ACTION))
        .allMatch(pair -> pair.source().name().equals("TRUTH"));
  }

  @Test
  void aCommitteeIsCalibratedMemberByMember() throws IOException {
    Path run =
        fixture.run(
            "run",
            fixture.recipe(
                "committee",
                "data.truth=letters",
                "feedback.calibration_pairs=6",
                "feedback.committee=[base, model]"),
            StageListener.SILENT);

    JsonNode told = JsonFile.read(run.resolve("feedback/agreement.json"));
    // The same model twice: what holds for the one holds for the other.
    JsonNode members = told.path("committee");
    assertThat(members.path("model")).isEqualTo(members.path("base"));
    assertThat(members.path("base").path("right").path("n").asInt()).isBetween(6, 18);
    assertThat(told.path("committee_minus_best").path("difference").asDouble()).isZero();
    assertThat(FeedbackStageTest.preferences(run, Facet.ACTION))
        .allMatch(pair -> pair.source().name().equals("COMMITTEE"));
  }

  @Test
  void labelersThatNothingTellsAboutAreRefusedInOneSentence() {
    assertThatThrownBy(() -> fixture.recipe("truth"))
        .isInstanceOf(AreteException.class)
        .hasMessageContaining("feedback.source is truth but data.truth is missing");
    assertThatThrownBy(() -> fixture.recipe("committee"))
        .hasMessageContaining("feedback.committee has no members");
    assertThatThrownBy(
            () ->
                fixture.recipe(
                    "committee", "feedback.committee=[base]", "feedback.calibration_pairs=0"))
        .hasMessageContaining("how often they are right");
    assertThatThrownBy(() -> fixture.recipe("local", "feedback.committee=[base, base]"))
        .hasMessageContaining("different folders");
  }

  /** What was said, with its tokens; a tiny model's replies hardly ever repeat. */
  private static Set<String> texts(Path file) throws IOException {
    Set<String> texts = new TreeSet<>();
    for (String line : Files.readAllLines(file)) {
      texts.add(line.substring(line.indexOf("\"action\"")));
    }
    return texts;
  }
}
