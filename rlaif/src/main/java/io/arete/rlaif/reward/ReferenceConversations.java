package io.arete.rlaif.reward;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.run.AtomicFile;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.sampling.ConversationRequest;
import io.arete.rlaif.sampling.ConversationSampler;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.ConversationPieces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the reference policy says on some train prompts: the yardstick on which every reward model's
 * scores have mean 0 and sd 1. Sampled once a run.
 */
final class ReferenceConversations {

  private static final int PROMPTS = 128;

  private ReferenceConversations() {}

  /** Reads them; samples and writes them first if the run has none yet. */
  static List<Conversation> of(
      StageContext context, StackedModel speaker, ConversationPieces pieces) {
    Path file = context.folder().stage(Stage.REWARD).resolve("reference.jsonl");
    if (!Files.exists(file)) {
      List<Conversation> sampled = sample(context, speaker, pieces);
      AtomicFile.writeText(
          file, sampled.stream().map(one -> one.toJson() + "\n").collect(Collectors.joining()));
    }
    return JsonLines.read(file, 0, (line, row) -> Optional.of(Conversation.ofJson(row)));
  }

  private static List<Conversation> sample(
      StageContext context, StackedModel speaker, ConversationPieces pieces) {
    CountedRandom draws = context.draws(Stage.REWARD).at("reference");
    List<Prompt> prompts = context.data().prompts(Split.TRAIN);
    List<ConversationRequest> requests =
        Arrays.stream(draws.at("prompts").shuffle(prompts.size()))
            .limit(PROMPTS)
            .mapToObj(i -> new ConversationRequest(prompts.get(i), 0, Optional.empty()))
            .toList();
    context
        .listener()
        .begin(
            "reference conversations", "replies", (long) Facet.values().length * requests.size());
    ConversationSampler sampler =
        new ConversationSampler(
            context.model(),
            pieces,
            context.recipe().feedback().maxReplyTokens(),
            Sampling.plain());
    return sampler.sample(requests, speaker, draws, () -> context.listener().advance(1));
  }
}
