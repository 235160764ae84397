package io.arete.rlaif.feedback;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.HumanPair;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.sampling.ConversationRequest;
import io.arete.rlaif.sampling.ConversationSampler;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.ConversationPieces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Preferences that came with the data, of people or of a labeler before. After each of their two
 * replies the model is asked for motivation and consequences; the label of the action is inherited
 * by both.
 */
final class HumanFeedback {

  /** So many tokens of a reward model's text stay for what stands around people's reply. */
  private static final int MARGIN = 16;

  /**
   * A pair to be worked on.
   *
   * @param sample of the conversation that stands first; the other's is one more
   * @param chosenFirst whether the chosen reply stands first
   */
  private record Task(HumanPair pair, int sample, boolean chosenFirst) {}

  private final StageContext context;
  private final ConversationPieces pieces;
  private final ConversationSampler sampler;
  private final FeedbackLog log;
  private final CountedRandom draws;

  HumanFeedback(
      StageContext context,
      ConversationPieces pieces,
      ConversationSampler sampler,
      FeedbackLog log) {
    this.context = context;
    this.pieces = pieces;
    this.sampler = sampler;
    this.log = log;
    this.draws = context.draws(Stage.FEEDBACK);
  }

  /**
   * Does what is left.
   *
   * @param speaker the model after supervised fine-tuning
   * @return how many pairs were dropped because a reply is too long
   */
  int run(StackedModel speaker) {
    List<HumanPair> pairs = chosenPairs();
    List<Task> tasks = tasks(pairs);
    int dropped = pairs.size() - tasks.size();
    if (tasks.isEmpty()) {
      throw new AreteException(
          pairs.isEmpty()
              ? "feedback.source is human but no pair of people is left to train or watch on; give"
                  + " data.pairs a file of chosen and rejected replies, or set feedback.source to"
                  + " local"
              : "all "
                  + dropped
                  + " pairs of people have a reply of more than "
                  + longestReply()
                  + " tokens; raise reward.max_length or choose shorter replies");
    }
    context.listener().begin("people's pairs", "pairs", tasks.size());
    int size = context.recipe().feedback().batch();
    Chunks.run(tasks, size, 0, log.chunks(), context.listener(), chunk -> work(chunk, speaker));
    return dropped;
  }

  private List<HumanPair> chosenPairs() {
    Set<String> ids = new HashSet<>();
    for (Prompt prompt :
        FeedbackPrompts.ofPairs(context.data(), context.recipe().feedback().prompts())) {
      ids.add(prompt.id());
    }
    return context.data().pairs().stream()
        .filter(pair -> ids.contains(pair.prompt().id()))
        .toList();
  }

  private List<Task> tasks(List<HumanPair> pairs) {
    Map<String, Integer> samples = new HashMap<>();
    List<Task> tasks = new ArrayList<>();
    int longest = longestReply();
    for (HumanPair pair : pairs) {
      if (ids(pair.chosen()).length <= longest && ids(pair.rejected()).length <= longest) {
        int sample = samples.merge(pair.prompt().id(), 2, Integer::sum) - 2;
        tasks.add(new Task(pair, sample, PairOrder.keeps(draws, pair.id())));
      }
    }
    return tasks;
  }

  /** Tokens of a reply that a reward model can read and after which the model can still speak. */
  private int longestReply() {
    int taken = context.recipe().data().maxPromptTokens();
    for (Facet facet : List.of(Facet.MOTIVATION, Facet.CONSEQUENCES)) {
      // A cut-off reply gets an end-of-turn token more.
      taken += pieces.question(facet).length + maxReplyTokens(facet) + 1;
    }
    int room = context.model().decoder().config().maxPositions() - taken;
    return context
        .recipe()
        .reward()
        .maxLength()
        .map(longest -> Math.min(longest - MARGIN, room))
        .orElse(room);
  }

  private int maxReplyTokens(Facet facet) {
    return Objects.requireNonNull(context.recipe().feedback().maxReplyTokens().get(facet));
  }

  private LabelerWork work(List<Task> chunk, StackedModel speaker) {
    List<ConversationRequest> requests = new ArrayList<>();
    for (Task task : chunk) {
      HumanPair pair = task.pair();
      String first = task.chosenFirst() ? pair.chosen() : pair.rejected();
      String second = task.chosenFirst() ? pair.rejected() : pair.chosen();
      requests.add(request(pair.prompt(), task.sample(), first));
      requests.add(request(pair.prompt(), task.sample() + 1, second));
    }
    List<Conversation> conversations = sampler.sample(requests, speaker, draws);
    conversations.forEach(log::append);
    for (Task task : chunk) {
      for (Facet facet : Facet.values()) {
        log.append(preference(task, facet));
      }
    }
    return LabelerWork.NONE;
  }

  /** The data says which is better, at most how surely, and not by how much: the margin is 0. */
  private static PreferencePair preference(Task task, Facet facet) {
    return new PreferencePair(
        task.pair().id(),
        task.pair().prompt().id(),
        facet,
        task.sample(),
        task.sample() + 1,
        task.chosenFirst() ? task.pair().p() : 1 - task.pair().p(),
        0,
        PreferencePair.Source.HUMAN,
        facet != Facet.ACTION);
  }

  private ConversationRequest request(Prompt prompt, int sample, String text) {
    List<Integer> ids = Arrays.stream(ids(text)).boxed().toList();
    return new ConversationRequest(
        prompt, sample, Optional.of(new Reply(text, ids, Reply.Ended.TURN)));
  }

  private int[] ids(String text) {
    return context.model().encoder().replyIds(text);
  }
}
