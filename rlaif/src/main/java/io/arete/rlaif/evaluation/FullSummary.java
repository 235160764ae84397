package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.extension.Truths;
import io.arete.rlaif.feedback.IndependentJudge;
import io.arete.rlaif.feedback.JudgedPair;
import io.arete.rlaif.ppo.PpoFormulas;
import io.arete.rlaif.reward.NormalizationFile;
import io.arete.rlaif.reward.ScoreNormalizer;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything that an evaluation says: the primary outcome and what stands beside it, each from
 * somebody else's eyes, and all systems in one table.
 *
 * @param plan what was measured
 */
record FullSummary(StageContext context, EvaluationPlan plan) {

  /** The content of summary.json. */
  ObjectNode of(Map<TestedSystem, List<PromptResult>> results) {
    EvaluationSummary scores = new EvaluationSummary(results, plan.bootstrap(), plan.seed());
    Map<String, Map<String, double[]>> table = new LinkedHashMap<>();
    for (Outcome outcome : Outcome.values()) {
      table.put(outcome.wireName(), scores.numbers(outcome));
    }
    ObjectNode summary = scores.toJson();
    context.recipe().data().truth().ifPresent(name -> truth(name, results, summary, table));
    verdictModel(results, summary, table);
    // A mean over several sets of reward models has no raw score.
    if (context.recipe().reward().members().seeds() == 1) {
      summary.set("after_the_study", new StudyScore(normalizers()).toJson(results));
    }
    PlainAnswers answers = new PlainAnswers(context, plan);
    answers.questions().ifPresent(answered -> summary.set("questions", answered));
    new PeoplesReplies(context, plan).of().ifPresent(read -> summary.set("peoples_replies", read));
    answers.refusals().ifPresent(refused -> summary.set("refusals", refused));
    judge(results).ifPresent(said -> summary.set("judge", said));
    adjust(
        summary,
        new SystemsTable(TestedSystem.BASE.wireName(), table, plan.bootstrap(), plan.seed()));
    summary.set("verdict", scores.verdict(VerdictDoubts.of(summary)).toJson());
    return summary;
  }

  /** All comparisons of scores but the planned one are one family; a judge's facets are another. */
  private static void adjust(ObjectNode summary, SystemsTable table) {
    List<ObjectNode> withSft = new ArrayList<>();
    summary.path("tuned_minus_sft").forEach(row -> withSft.add((ObjectNode) row));
    ObjectNode told = table.toJson(TestedSystem.TUNED.wireName(), withSft);
    summary.set("systems_table", told);
    summary
        .path("tuned_minus_base")
        .properties()
        .forEach(
            row -> {
              JsonNode same =
                  told.path("outcomes")
                      .path(row.getKey())
                      .path("systems")
                      .path(TestedSystem.TUNED.wireName())
                      .path("minus_" + TestedSystem.BASE.wireName());
              if (same.has(AdjustedTogether.ADJUSTED)) {
                ((ObjectNode) row.getValue())
                    .set(AdjustedTogether.ADJUSTED, same.path(AdjustedTogether.ADJUSTED));
              }
            });
  }

  private void truth(
      String name,
      Map<TestedSystem, List<PromptResult>> results,
      ObjectNode summary,
      Map<String, Map<String, double[]>> table) {
    TruthSummary truth =
        new TruthSummary(
            Truths.named(name),
            new PpoFormulas(context.recipe().ppo()).ensemble(),
            plan.bootstrap(),
            plan.seed());
    AtomicFile.writeText(
        EvaluationStage.worth(context.folder().root()),
        truth.lines(plan.prompts(), results).stream()
            .map(line -> line + "\n")
            .collect(Collectors.joining()));
    truth
        .of(plan.prompts(), context.data().groups(), results)
        .ifPresent(
            known -> {
              summary.set("truth", known);
              table.put("worth", named(truth.worths(plan.prompts(), results)));
            });
  }

  private void verdictModel(
      Map<TestedSystem, List<PromptResult>> results,
      ObjectNode summary,
      Map<String, Map<String, double[]>> table) {
    Optional<RunScorer> opened = RunScorer.verdict(context);
    if (opened.isPresent()) {
      try (RunScorer scorer = opened.get()) {
        VerdictModel model =
            new VerdictModel(scorer::score, plan.prompts(), plan.bootstrap(), plan.seed());
        Map<TestedSystem, double[]> said = model.scores(results);
        summary.set("verdict_reward_model", model.of(said));
        table.put("verdict_reward_model", named(said));
      }
    }
  }

  /** What another labeler than the one that trained says of base and tuned. */
  private Optional<ObjectNode> judge(Map<TestedSystem, List<PromptResult>> results) {
    Optional<String> who = context.recipe().evaluation().judge();
    if (who.isEmpty()) {
      return Optional.empty();
    }
    List<PromptResult> base = Objects.requireNonNull(results.get(TestedSystem.BASE));
    List<PromptResult> tuned = Objects.requireNonNull(results.get(TestedSystem.TUNED));
    List<HeadToHead.Said> said = new ArrayList<>();
    for (int i = 0; i < base.size(); i++) {
      said.add(new HeadToHead.Said(plan.prompts().get(i), talks(base.get(i)), talks(tuned.get(i))));
    }
    Path folder = context.folder().stage(Stage.EVALUATION).resolve("judge");
    List<JudgedPair> judged =
        new HeadToHead(context.constitution(), folder, context.listener())
            .judge("independent judge", said, before -> IndependentJudge.open(context, before));
    ObjectNode summary =
        new HeadToHeadSummary(
                context.recipe().feedback().tieThreshold(), plan.bootstrap(), plan.seed())
            .of(judged, "tuned against base");
    return Optional.of(summary.put("who", who.get()));
  }

  private static List<Conversation> talks(PromptResult row) {
    return row.conversations().stream().map(ScoredConversation::conversation).toList();
  }

  private static Map<String, double[]> named(Map<TestedSystem, double[]> numbers) {
    Map<String, double[]> named = new LinkedHashMap<>();
    numbers.forEach((system, own) -> named.put(system.wireName(), own));
    return named;
  }

  private Map<Facet, ScoreNormalizer> normalizers() {
    Map<Facet, ScoreNormalizer> all = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      all.put(facet, NormalizationFile.read(context.folder().reward(facet)));
    }
    return all;
  }
}
