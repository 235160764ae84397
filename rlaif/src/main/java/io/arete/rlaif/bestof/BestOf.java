package io.arete.rlaif.bestof;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.evaluation.PromptResult;
import io.arete.rlaif.evaluation.ResultFile;
import io.arete.rlaif.evaluation.RunScorer;
import io.arete.rlaif.evaluation.ScoredConversation;
import io.arete.rlaif.extension.Truths;
import io.arete.rlaif.file.IoFailure;
import io.arete.rlaif.file.JsonFile;
import io.arete.rlaif.ppo.PpoFormulas;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.sampling.ConversationRequest;
import io.arete.rlaif.sampling.ConversationSampler;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.ConversationPieces;
import java.io.IOException;
import java.nio.file.Files;
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

  private static final int CONVERSATIONS_PER_CHUNK = 64;
  private static final String FOLDER = "best-of";

  private final StageContext context;
  private final BestOfPlan plan;
  private final long seed;
  private final Path folder;
  private final ResultFile file;
  private final int promptsPerChunk;

  private BestOf(StageContext context, BestOfPlan plan) {
    this.context = context;
    this.plan = plan;
    this.seed = context.recipe().evaluation().seed();
    this.folder = context.folder().root().resolve(FOLDER);
    this.promptsPerChunk = Math.max(1, CONVERSATIONS_PER_CHUNK / plan.samples());
    this.file = new ResultFile(samples(), promptsPerChunk);
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
    forgetOthers();
    try (RunScorer scorer = RunScorer.open(context);
        StackedModel speaker = context.tuned()) {
      sample(prompts, scorer, speaker);
    }
    ObjectNode summary =
        new BestOfSummary(
                context.recipe().data().truth().map(Truths::named),
                new PpoFormulas(context.recipe().ppo()).ensemble(),
                plan.samples(),
                context.recipe().evaluation().bootstrap(),
                seed)
            .of(prompts, file.read());
    AtomicFile.writeText(folder.resolve("summary.json"), JsonFile.text(summary));
    return summary;
  }

  /** Samples of another plan, or of models that are no more, are not mixed with new ones. */
  private void forgetOthers() {
    ObjectNode made = plan.toJson(context.folder(), seed);
    Path planned = folder.resolve("plan.json");
    if (!made.equals(JsonFile.readIfThere(planned))) {
      try {
        Files.deleteIfExists(samples());
      } catch (IOException e) {
        throw IoFailure.writing(samples(), e);
      }
      AtomicFile.writeText(planned, JsonFile.text(made));
    }
  }

  private Path samples() {
    return folder.resolve("samples.jsonl");
  }

  private void sample(List<Prompt> prompts, RunScorer scorer, StackedModel speaker) {
    ConversationSampler sampler =
        new ConversationSampler(
            context.model(),
            new ConversationPieces(context.model().encoder(), context.constitution()),
            context.recipe().ppo().maxReplyTokens(),
            Sampling.plain());
    int done = file.done(prompts.size());
    context.listener().begin("best of " + plan.samples(), "prompts", prompts.size());
    context.listener().skip(done);
    while (done < prompts.size()) {
      List<Prompt> chunk = prompts.subList(done, Math.min(prompts.size(), done + promptsPerChunk));
      List<ConversationRequest> requests = ConversationRequest.each(chunk, plan.samples());
      List<Conversation> talks =
          sampler.sample(requests, speaker, CountedRandom.of(seed).at(FOLDER));
      List<ScoredConversation> scored =
          scorer.score(requests.stream().map(ConversationRequest::prompt).toList(), talks);
      file.append(done, PromptResult.rows(chunk, scored));
      done += chunk.size();
      context.listener().advance(chunk.size());
    }
  }
}
