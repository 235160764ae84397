package io.arete.rlaif.bestof;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.evaluation.PromptResult;
import io.arete.rlaif.evaluation.ResultFile;
import io.arete.rlaif.evaluation.RunScorer;
import io.arete.rlaif.evaluation.ScoredConversation;
import io.arete.rlaif.file.IoFailure;
import io.arete.rlaif.file.JsonFile;
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
 * Several conversations of each prompt by the policy before PPO, scored by the run's ensemble; kept
 * in {@code samples.jsonl}, and gone on with after a kill.
 *
 * @param folder of plan.json and samples.jsonl
 * @param draws key of the draws
 * @param made what the samples depend on; those of another are forgotten
 */
public record ScoredSamples(
    StageContext context, Path folder, CountedRandom draws, ObjectNode made) {

  private static final int CONVERSATIONS_PER_CHUNK = 64;

  /** The samples of each prompt, in order. */
  public List<PromptResult> of(List<Prompt> prompts, int samples) {
    forgetOthers();
    int promptsPerChunk = Math.max(1, CONVERSATIONS_PER_CHUNK / samples);
    ResultFile file = new ResultFile(file(), promptsPerChunk);
    int done = file.done(prompts.size());
    if (done < prompts.size()) {
      context.listener().begin("best of " + samples, "prompts", prompts.size());
      context.listener().skip(done);
      sample(prompts, samples, promptsPerChunk, file);
    }
    return file.read();
  }

  /** Samples of another plan, or of models that are no more, are not mixed with new ones. */
  private void forgetOthers() {
    Path planned = folder.resolve("plan.json");
    // As texts: a number that was read may be of another width.
    if (!made.toString().equals(JsonFile.readIfThere(planned).toString())) {
      try {
        Files.deleteIfExists(file());
      } catch (IOException e) {
        throw IoFailure.writing(file(), e);
      }
      AtomicFile.writeText(planned, JsonFile.text(made));
    }
  }

  private Path file() {
    return folder.resolve("samples.jsonl");
  }

  private void sample(List<Prompt> prompts, int samples, int promptsPerChunk, ResultFile file) {
    ConversationSampler sampler =
        new ConversationSampler(
            context.model(),
            new ConversationPieces(context.model().encoder(), context.constitution()),
            context.recipe().ppo().maxReplyTokens(),
            Sampling.plain());
    int done = file.done(prompts.size());
    try (RunScorer scorer = RunScorer.open(context);
        StackedModel speaker = context.tuned()) {
      while (done < prompts.size()) {
        List<Prompt> chunk =
            prompts.subList(done, Math.min(prompts.size(), done + promptsPerChunk));
        List<ConversationRequest> requests = ConversationRequest.each(chunk, samples);
        List<Conversation> talks = sampler.sample(requests, speaker, draws);
        List<ScoredConversation> scored =
            scorer.score(requests.stream().map(ConversationRequest::prompt).toList(), talks);
        file.append(done, PromptResult.rows(chunk, scored));
        done += chunk.size();
        context.listener().advance(chunk.size());
      }
    }
  }
}
