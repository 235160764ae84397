package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.config.EvaluationSection;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.PlainQuestion;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.extension.Truths;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.ppo.PpoFormulas;
import io.arete.rlaif.reward.NormalizationFile;
import io.arete.rlaif.reward.ScoreNormalizer;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.sampling.ConversationRequest;
import io.arete.rlaif.sampling.ConversationSampler;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.ConversationPieces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One evaluation: what is left of it is sampled, scored and appended chunk by chunk. */
final class EvaluationWork {

  /** Conversations that are sampled and scored together. */
  private static final int CONVERSATIONS_PER_CHUNK = 64;

  private final StageContext context;
  private final EvaluationPlan plan;
  private final ConversationPieces pieces;
  private final ConversationSampler sampler;
  private final int promptsPerChunk;
  private final PpoFormulas formulas;

  EvaluationWork(StageContext context) {
    this.context = context;
    this.plan = plan(context);
    this.formulas = new PpoFormulas(context.recipe().ppo());
    PpoSection ppo = context.recipe().ppo();
    pieces = new ConversationPieces(context.model().encoder(), context.constitution());
    sampler =
        new ConversationSampler(context.model(), pieces, ppo.maxReplyTokens(), Sampling.plain());
    promptsPerChunk = Math.max(1, CONVERSATIONS_PER_CHUNK / plan.samples());
  }

  void run() {
    Path folder = context.folder().stage(Stage.EVALUATION);
    AtomicFile.writeText(folder.resolve("plan.json"), plan.toJson());
    Map<TestedSystem, List<PromptResult>> results = new EnumMap<>(TestedSystem.class);
    try (RunScorer scorer = RunScorer.open(context)) {
      for (TestedSystem system : plan.systems()) {
        ResultFile file = new ResultFile(file(system), promptsPerChunk);
        evaluate(system, scorer, file);
        results.put(system, file.read());
      }
    }
    ObjectNode summary = new EvaluationSummary(results, plan.bootstrap(), plan.seed()).toJson();
    context
        .recipe()
        .data()
        .truth()
        .flatMap(name -> truth(name, results))
        .ifPresent(known -> summary.set("truth", known));
    verdictModel(results).ifPresent(said -> summary.set("verdict_reward_model", said));
    summary.set("after_the_study", new StudyScore(normalizers()).toJson(results));
    questions().ifPresent(answered -> summary.set("questions", answered));
    AtomicFile.writeText(EvaluationStage.summary(context.folder()), JsonFile.text(summary));
  }

  private Optional<ObjectNode> verdictModel(Map<TestedSystem, List<PromptResult>> results) {
    Optional<RunScorer> opened = RunScorer.verdict(context);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (RunScorer scorer = opened.get()) {
      return Optional.of(
          new VerdictModel(scorer, plan.prompts(), plan.bootstrap(), plan.seed()).of(results));
    }
  }

  private Map<Facet, ScoreNormalizer> normalizers() {
    Map<Facet, ScoreNormalizer> all = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      all.put(facet, NormalizationFile.read(context.folder().reward(facet)));
    }
    return all;
  }

  /**
   * Does the first prompts again, chunk by chunk as they were done, and compares with the lines
   * that lie there; nothing is written.
   *
   * @param prompts at least so many, or all
   */
  ObjectNode repeat(int prompts) {
    int chunks = (Math.min(prompts, plan.prompts().size()) + promptsPerChunk - 1) / promptsPerChunk;
    int again = Math.min(plan.prompts().size(), chunks * promptsPerChunk);
    ObjectNode result = JsonNodeFactory.instance.objectNode().put("prompts", again);
    ObjectNode systems = result.putObject("systems");
    try (RunScorer scorer = RunScorer.open(context);
        StackedModel reference = context.tuned()) {
      for (TestedSystem system : List.of(TestedSystem.BASE, TestedSystem.TUNED)) {
        context.listener().begin("evaluation of " + system.wireName() + " again", "prompts", again);
        try (StackedModel model = model(system)) {
          systems.put(system.wireName(), differing(system, again, scorer, model, reference));
        }
      }
    }
    return result;
  }

  private int differing(
      TestedSystem system,
      int again,
      RunScorer scorer,
      StackedModel model,
      StackedModel reference) {
    List<ObjectNode> there = JsonLines.readAppended(file(system), (line, row) -> Optional.of(row));
    int other = 0;
    for (int from = 0; from < again; from += promptsPerChunk) {
      List<Prompt> chunk = plan.prompts().subList(from, Math.min(again, from + promptsPerChunk));
      List<ObjectNode> rows =
          PromptResult.rows(chunk, scored(system, chunk, scorer, model, reference));
      for (int i = 0; i < rows.size(); i++) {
        boolean same =
            from + i < there.size()
                && rows.get(i).toString().equals(there.get(from + i).toString());
        other += same ? 0 : 1;
      }
      context.listener().advance(chunk.size());
    }
    return other;
  }

  private Path file(TestedSystem system) {
    return context.folder().stage(Stage.EVALUATION).resolve(system.wireName() + ".jsonl");
  }

  private Optional<ObjectNode> truth(String name, Map<TestedSystem, List<PromptResult>> results) {
    TruthSummary truth =
        new TruthSummary(Truths.named(name), formulas.ensemble(), plan.bootstrap(), plan.seed());
    AtomicFile.writeText(
        EvaluationStage.worth(context.folder().root()),
        truth.lines(plan.prompts(), results).stream()
            .map(line -> line + "\n")
            .collect(Collectors.joining()));
    return truth.of(plan.prompts(), context.data().groups(), results);
  }

  private Optional<ObjectNode> questions() {
    if (context.recipe().evaluation().questions().isEmpty()) {
      return Optional.empty();
    }
    List<PlainQuestion> questions =
        PlainQuestion.read(context.recipe().evaluation().questions().get());
    if (questions.size() < 2) {
      throw new AreteException(
          "evaluation.questions has "
              + questions.size()
              + " questions but an interval needs at least 2; give more, or leave it out.");
    }
    AbilityCheck test = new AbilityCheck(context.model(), questions);
    Map<TestedSystem, Path> files = new EnumMap<>(TestedSystem.class);
    context.listener().begin("plain questions", "systems", plan.systems().size());
    for (TestedSystem system : plan.systems()) {
      Path file =
          context
              .folder()
              .stage(Stage.EVALUATION)
              .resolve("questions-" + system.wireName() + ".jsonl");
      try (StackedModel model = model(system)) {
        test.answer(model, file);
      }
      files.put(system, file);
      context.listener().advance(1);
    }
    return Optional.of(AbilityCheck.summary(files, plan.bootstrap(), plan.seed()));
  }

  private static EvaluationPlan plan(StageContext context) {
    EvaluationSection asked = context.recipe().evaluation();
    List<Prompt> verdict = context.data().atLeastTwo(Split.VERDICT);
    return new EvaluationPlan(
        List.copyOf(verdict.subList(0, Math.min(verdict.size(), asked.prompts()))),
        asked.samples(),
        asked.bootstrap(),
        asked.seed(),
        SystemModel.systems(context.folder()),
        new PpoFormulas(context.recipe().ppo()).ensemble().describe());
  }

  private void evaluate(TestedSystem system, RunScorer scorer, ResultFile file) {
    int all = plan.prompts().size();
    int done = file.done(all);
    context.listener().begin("evaluation of " + system.wireName(), "prompts", all);
    context.listener().skip(done);
    try (StackedModel model = model(system);
        StackedModel reference = context.tuned()) {
      while (done < all) {
        List<Prompt> prompts = plan.prompts().subList(done, Math.min(all, done + promptsPerChunk));
        file.append(
            done, PromptResult.rows(prompts, scored(system, prompts, scorer, model, reference)));
        done += prompts.size();
        context.listener().advance(prompts.size());
      }
    }
  }

  private List<ScoredConversation> scored(
      TestedSystem system,
      List<Prompt> prompts,
      RunScorer scorer,
      StackedModel model,
      StackedModel reference) {
    List<ScoredConversation> scored = score(prompts, scorer, model);
    return system == TestedSystem.TUNED
        ? withDivergence(prompts, scored, model, reference)
        : scored;
  }

  private StackedModel model(TestedSystem system) {
    return SystemModel.of(system, context.folder(), context.model().decoder());
  }

  private List<ScoredConversation> score(
      List<Prompt> prompts, RunScorer scorer, StackedModel model) {
    List<ConversationRequest> requests = ConversationRequest.each(prompts, plan.samples());
    // The key names no system: all of them get the same draws.
    CountedRandom draws = CountedRandom.of(plan.seed()).at(Stage.EVALUATION.wireName());
    List<Conversation> conversations = sampler.sample(requests, model, draws);
    return scorer.score(requests.stream().map(ConversationRequest::prompt).toList(), conversations);
  }

  private List<ScoredConversation> withDivergence(
      List<Prompt> prompts,
      List<ScoredConversation> scored,
      StackedModel tuned,
      StackedModel reference) {
    List<Facet> trained =
        context.recipe().ppo().trainTurns() == PpoSection.TrainTurns.ALL
            ? List.of(Facet.values())
            : List.of(Facet.ACTION);
    List<Prompt> eachPrompt =
        prompts.stream().flatMap(one -> Collections.nCopies(plan.samples(), one).stream()).toList();
    double[] nats =
        new ReplyDivergence(pieces, trained)
            .of(
                eachPrompt,
                scored.stream().map(ScoredConversation::conversation).toList(),
                tuned,
                reference);
    List<ScoredConversation> all = new ArrayList<>();
    for (int i = 0; i < nats.length; i++) {
      all.add(scored.get(i).withKl(nats[i]));
    }
    return all;
  }
}
