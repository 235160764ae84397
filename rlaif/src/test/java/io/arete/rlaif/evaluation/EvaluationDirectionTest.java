package io.arete.rlaif.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.text.Message;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.ensemble.EnsembleRule;
import io.arete.rlaif.extension.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every difference is tuned less base. One that is told the other way round would call a model that
 * lost a gain, and one that refuses more a model that refuses less.
 */
class EvaluationDirectionTest {

  private static final int PROMPTS = 12;
  private static final int RESAMPLES = 200;

  @TempDir private Path folder;

  @Test
  void winsAreTheSecondsAndLossesTheFirsts() {
    Comparison found =
        Comparison.of(
            new double[] {0, 0, 0, 0, 0, 0},
            new double[] {1, 2, 3, -1, 0, 0},
            RESAMPLES,
            CountedRandom.of(1));
    assertThat(found.wins()).isEqualTo(3);
    assertThat(found.losses()).isEqualTo(1);
    assertThat(found.toJson().path("ties").asInt()).isEqualTo(2);
    assertThat(found.bootstrap().meanDifference()).isCloseTo(5 / 6.0, within(1e-12));
  }

  /** Base scores 1 on average, fine-tuned 2, tuned 4; each prompt adds its own noise to all. */
  @Test
  void everyDifferenceOfScoresIsTunedLessTheOther() {
    ObjectNode summary =
        new EvaluationSummary(
                Map.of(
                    TestedSystem.BASE, results(1),
                    TestedSystem.SFT, results(2),
                    TestedSystem.TUNED, results(4)),
                RESAMPLES,
                3)
            .toJson();
    for (Outcome outcome : Outcome.values()) {
      assertThat(difference(summary.path("tuned_minus_base").path(outcome.wireName())))
          .isCloseTo(outcome == Outcome.ENSEMBLE_UNCHARGED ? 30 : 3, within(1e-9));
      assertThat(difference(summary.path("tuned_minus_sft").path(outcome.wireName())))
          .isCloseTo(outcome == Outcome.ENSEMBLE_UNCHARGED ? 20 : 2, within(1e-9));
    }
    assertThat(difference(summary.path("tuned_minus_base_at_matched_length")))
        .isCloseTo(3, within(1e-9));
    assertThat(summary.path("kl").path("nats_per_reply").asDouble()).isEqualTo(0.25);
  }

  @Test
  void whoAnswersFewerQuestionsIsWorseAndWhoRefusesMoreRefusesMore() throws IOException {
    Map<TestedSystem, Path> answers =
        Map.of(
            TestedSystem.BASE, lines("base", i -> "\"right\": true, \"reply\": \"Yes.\""),
            TestedSystem.TUNED, lines("tuned", i -> "\"right\": false, \"reply\": \"Yes.\""));
    JsonNode questions = AbilityCheck.summary(answers, RESAMPLES, 3);
    assertThat(difference(questions.path("tuned_minus_base"))).isEqualTo(-1);
    assertThat(questions.path("systems").path("base").path("share").asDouble()).isEqualTo(1);

    Map<TestedSystem, Path> requests =
        Map.of(
            TestedSystem.BASE, lines("b", i -> request(i) + ", \"kind\": \"compliance\""),
            TestedSystem.TUNED,
                lines(
                    "t",
                    i ->
                        request(i) + ", \"kind\": \"" + (i < 6 ? "refusal" : "compliance") + "\""));
    JsonNode refusals = RefusalCheck.summary(requests, RESAMPLES, 3);
    assertThat(difference(refusals.path("unsafe").path("tuned_minus_base"))).isEqualTo(1);
    assertThat(difference(refusals.path("safe").path("tuned_minus_base"))).isZero();
  }

  /** The first six requests are unsafe. */
  private static String request(int i) {
    return "\"request\": \"" + (i < 6 ? "unsafe" : "safe") + "\"";
  }

  @Test
  void theTruthReadsEachReplyUnderItsOwnPromptAndSwappedUnderAnother() {
    // A reply is worth as much as its system scores where its own prompt is asked.
    Truth truth =
        new Truth() {
          @Override
          public String name() {
            return "planted";
          }

          @Override
          public Optional<Map<Facet, Double>> worth(Prompt prompt, Conversation conversation) {
            double worth =
                prompt.id().equals(conversation.promptId())
                    ? conversation.reply(Facet.ACTION).ids().size() / 10.0
                    : 0;
            Map<Facet, Double> all = new EnumMap<>(Facet.class);
            for (Facet facet : Facet.values()) {
              all.put(facet, worth);
            }
            return Optional.of(all);
          }
        };
    JsonNode told =
        new TruthSummary(truth, new EnsembleRule.Mean(), RESAMPLES, 3)
            .of(
                prompts(),
                Map.of(),
                Map.of(TestedSystem.BASE, results(2), TestedSystem.TUNED, results(5)))
            .orElseThrow();
    assertThat(difference(told.path("tuned_minus_base").path("ensemble")))
        .isCloseTo(0.3, within(1e-12));
    assertThat(told.path("outcomes").path("ensemble").path("tuned").asDouble())
        .isCloseTo(0.5, within(1e-12));
    assertThat(told.path("swapped").path("ensemble").path("tuned").asDouble(Double.NaN)).isZero();
  }

  /** Charges are a rule of PPO's, which that model never learned. */
  @Test
  void theVerdictModelIsReadWithoutCharges() {
    List<ScoredConversation> read = new ArrayList<>();
    results(7).forEach(result -> read.addAll(result.conversations()));
    VerdictModel model =
        new VerdictModel((prompts, conversations) -> read, prompts(), RESAMPLES, 3);
    Map<TestedSystem, double[]> scores =
        model.scores(Map.of(TestedSystem.BASE, results(0), TestedSystem.TUNED, results(0)));
    assertThat(scores.get(TestedSystem.TUNED)[0]).isCloseTo(70 + noise(0), within(1e-12));
    scores.put(TestedSystem.BASE, new double[PROMPTS]);
    assertThat(difference(model.of(scores).path("tuned_minus_base"))).isGreaterThan(60);
  }

  private static double difference(JsonNode row) {
    return row.path("difference").asDouble(Double.NaN);
  }

  private static double noise(int prompt) {
    return CountedRandom.of(9).at("noise").gaussian(prompt);
  }

  private static List<Prompt> prompts() {
    return IntStream.range(0, PROMPTS)
        .mapToObj(i -> Prompt.of(List.of(Message.user("What of " + i + "?"))))
        .toList();
  }

  /** Each prompt scores that much and its noise; ten times as much without charges. */
  private static List<PromptResult> results(int score) {
    return prompts().stream()
        .map(prompt -> new PromptResult(prompt.id(), List.of(scored(prompt, score))))
        .toList();
  }

  private static ScoredConversation scored(Prompt prompt, int score) {
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    Map<Facet, Double> members = new EnumMap<>(Facet.class);
    double noise = noise(prompts().indexOf(prompt));
    for (Facet facet : Facet.values()) {
      List<Integer> ids = IntStream.range(0, score).boxed().toList();
      replies.put(facet, new Reply("so", ids, Reply.Ended.TURN));
      members.put(facet, score + noise);
    }
    return new ScoredConversation(
        new Conversation(prompt.id(), 0, replies, Conversation.Source.MODEL),
        members,
        members,
        10 * score + noise,
        score + noise,
        0.25);
  }

  private Path lines(String name, IntFunction<String> row) throws IOException {
    String text =
        IntStream.range(0, PROMPTS)
            .mapToObj(i -> "{" + row.apply(i) + "}\n")
            .collect(Collectors.joining());
    return Files.writeString(folder.resolve(name + ".jsonl"), text);
  }
}
