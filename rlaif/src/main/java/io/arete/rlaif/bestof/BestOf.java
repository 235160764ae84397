package io.arete.rlaif.bestof;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.evaluation.PromptResult;
import io.arete.rlaif.extension.Truths;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.ppo.PpoFormulas;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;
import java.util.List;

/**
 * Samples, scores, chooses.
 *
 * <pre>
 * best-of/
 *   plan.json       what is sampled, and from what
 *   samples.jsonl   one line a prompt: conversations and scores
 *   summary.json    what the chosen ones are worth
 * </pre>
 */
public final class BestOf {

  private static final String FOLDER = "best-of";

  private final StageContext context;
  private final BestOfPlan plan;
  private final long seed;
  private final Path folder;

  private BestOf(StageContext context, BestOfPlan plan) {
    this.context = context;
    this.plan = plan;
    this.seed = context.recipe().evaluation().seed();
    this.folder = context.folder().root().resolve(FOLDER);
  }

  /**
   * The numbers of a run with reward models; what was sampled before by the same plan is kept.
   *
   * @throws AreteException if it has no reward models, or fewer than two watch prompts
   */
  public static ObjectNode run(StageContext context, BestOfPlan plan) {
    List<Prompt> watch = context.data().atLeastTwo(Split.WATCH);
    return new BestOf(context, plan)
        .run(List.copyOf(watch.subList(0, Math.min(watch.size(), plan.prompts()))));
  }

  private ObjectNode run(List<Prompt> prompts) {
    PpoFormulas formulas = new PpoFormulas(context.recipe().ppo());
    List<PromptResult> results =
        new ScoredSamples(
                context,
                folder,
                CountedRandom.of(seed).at(FOLDER),
                plan.toJson(context.folder(), formulas, seed))
            .of(prompts, plan.samples());
    ObjectNode summary =
        new BestOfSummary(
                context.recipe().data().truth().map(Truths::named),
                formulas.ensemble(),
                plan.samples(),
                context.recipe().evaluation().bootstrap(),
                seed)
            .of(prompts, results);
    AtomicFile.writeText(folder.resolve("summary.json"), JsonFile.text(summary));
    return summary;
  }
}
