package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.adapter.StackedModel;
import io.arete.rlaif.config.EvaluationSection;
import io.arete.rlaif.config.TestedSystem;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.ppo.PpoFormulas;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One evaluation: what is left of it is sampled, scored and appended chunk by chunk. */
final class EvaluationWork {

  /** Conversations that are sampled and scored together. */
  private static final int CONVERSATIONS_PER_CHUNK = 64;

  private final StageContext context;
  private final EvaluationPlan plan;
  private final int promptsPerChunk;

  EvaluationWork(StageContext context) {
    this.context = context;
    this.plan = plan(context);
    promptsPerChunk = promptsPerChunk(plan.samples());
  }

  private static int promptsPerChunk(int samples) {
    return Math.max(1, CONVERSATIONS_PER_CHUNK / samples);
  }

  /**
   * Prompts that {@link #repeat} asks again: whole chunks, as many as it takes, or all there are.
   */
  static int repeated(int wanted, int all, int samples) {
    int chunk = promptsPerChunk(samples);
    int chunks = (Math.min(wanted, all) + chunk - 1) / chunk;
    return Math.min(all, chunks * chunk);
  }

  void run() {
    new PlainAnswers(context, plan).check();
    Path folder = context.folder().stage(Stage.EVALUATION);
    AtomicFile.writeText(folder.resolve("plan.json"), plan.toJson());
    Map<TestedSystem, List<PromptResult>> results = new EnumMap<>(TestedSystem.class);
    try (RunScorer scorer = RunScorer.open(context)) {
      SystemTalks talks = new SystemTalks(context, plan.samples(), scorer);
      for (TestedSystem system : plan.systems()) {
        ResultFile file = new ResultFile(file(system), promptsPerChunk);
        evaluate(system, talks, file);
        results.put(system, file.read());
      }
    }
    ObjectNode summary = new FullSummary(context, plan).of(results);
    AtomicFile.writeText(EvaluationStage.summary(context.folder()), JsonFile.text(summary));
  }

  /**
   * Does the first prompts again, chunk by chunk as they were done, and compares with the lines
   * that lie there; nothing is written.
   *
   * @param prompts at least so many, or all
   */
  ObjectNode repeat(int prompts) {
    int again = repeated(prompts, plan.prompts().size(), plan.samples());
    ObjectNode result = JsonNodeFactory.instance.objectNode().put("prompts", again);
    ObjectNode systems = result.putObject("systems");
    try (RunScorer scorer = RunScorer.open(context);
        StackedModel reference = context.tuned()) {
      SystemTalks talks = new SystemTalks(context, plan.samples(), scorer);
      for (TestedSystem system : List.of(TestedSystem.BASE, TestedSystem.TUNED)) {
        context.listener().begin("evaluation of " + system.wireName() + " again", "prompts", again);
        try (StackedModel model = model(system)) {
          systems.put(system.wireName(), differing(system, again, talks, model, reference));
        }
      }
    }
    return result;
  }

  private int differing(
      TestedSystem system,
      int again,
      SystemTalks talks,
      StackedModel model,
      StackedModel reference) {
    List<ObjectNode> there = JsonLines.readAppended(file(system), (line, row) -> Optional.of(row));
    int other = 0;
    for (int from = 0; from < again; from += promptsPerChunk) {
      List<Prompt> chunk = plan.prompts().subList(from, Math.min(again, from + promptsPerChunk));
      List<ObjectNode> rows = PromptResult.rows(chunk, talks.of(system, chunk, model, reference));
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

  private static EvaluationPlan plan(StageContext context) {
    EvaluationSection asked = context.recipe().evaluation();
    List<Prompt> verdict = context.data().atLeastTwo(Split.VERDICT);
    return new EvaluationPlan(
        List.copyOf(verdict.subList(0, Math.min(verdict.size(), asked.prompts()))),
        asked.samples(),
        asked.bootstrap(),
        asked.seed(),
        SystemModel.systems(asked.systems(), context.folder()),
        new PpoFormulas(context.recipe().ppo()).ensemble().describe());
  }

  private void evaluate(TestedSystem system, SystemTalks talks, ResultFile file) {
    int all = plan.prompts().size();
    int done = file.done(all);
    context.listener().begin("evaluation of " + system.wireName(), "prompts", all);
    context.listener().skip(done);
    try (StackedModel model = model(system);
        StackedModel reference = context.tuned()) {
      while (done < all) {
        List<Prompt> prompts = plan.prompts().subList(done, Math.min(all, done + promptsPerChunk));
        file.append(done, PromptResult.rows(prompts, talks.of(system, prompts, model, reference)));
        done += prompts.size();
        context.listener().advance(prompts.size());
      }
    }
  }

  private StackedModel model(TestedSystem system) {
    return SystemModel.of(system, context.folder(), context.model().decoder());
  }
}
