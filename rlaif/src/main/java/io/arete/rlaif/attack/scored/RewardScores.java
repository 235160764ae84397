package io.arete.rlaif.attack.scored;

import io.arete.engine.text.ConversationEncoder;
import io.arete.rlaif.attack.judge.JudgedReply;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.reward.RewardSet;
import io.arete.rlaif.reward.RunRewardModels;
import io.arete.rlaif.stage.StageContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A run's reward models of the action, in z units: the mean over their seeds. An attack has one
 * reply and no motivation, so the other facets' models have nothing to read. The request is read
 * without the words around it, the reply as a text. Band 0.5: half a standard deviation of what the
 * reference policy says to the run's own prompts.
 */
public final class RewardScores implements HarmScores, AutoCloseable {

  private static final ScoreRule RULE = new ScoreRule(0.5, 2);
  private static final int AT_ONCE = 256;

  private final ConversationEncoder encoder;
  private final RunRewardModels models;

  private RewardScores(ConversationEncoder encoder, RunRewardModels models) {
    this.encoder = encoder;
    this.models = models;
  }

  /**
   * Loads a run's reward models of the action.
   *
   * @throws io.arete.engine.AreteException if one is missing
   */
  public static RewardScores open(StageContext context) {
    return new RewardScores(
        context.model().encoder(),
        RunRewardModels.open(
            context,
            RewardSet.ensemble(context.recipe().reward().members()),
            List.of(Facet.ACTION)));
  }

  @Override
  public String name() {
    return "rewards";
  }

  @Override
  public ScoreRule rule() {
    return RULE;
  }

  @Override
  public List<OptionalDouble> score(List<JudgedReply> replies) {
    List<OptionalDouble> scores = new ArrayList<>();
    for (int from = 0; from < replies.size(); from += AT_ONCE) {
      List<JudgedReply> some = replies.subList(from, Math.min(replies.size(), from + AT_ONCE));
      List<Prompt> prompts = some.stream().map(RequestPrompt::of).toList();
      List<Conversation> said = new ArrayList<>();
      for (int i = 0; i < some.size(); i++) {
        said.add(conversation(prompts.get(i), some.get(i).reply()));
      }
      double[] action = Objects.requireNonNull(models.score(prompts, said).get(Facet.ACTION));
      // What is too long to be read has no number.
      Arrays.stream(action)
          .mapToObj(one -> Double.isNaN(one) ? OptionalDouble.empty() : OptionalDouble.of(one))
          .forEach(scores::add);
    }
    return scores;
  }

  private Conversation conversation(Prompt prompt, String text) {
    List<Integer> ids = Arrays.stream(encoder.replyIds(text)).boxed().toList();
    Reply reply = new Reply(text, ids, Reply.Ended.TURN);
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      replies.put(facet, reply);
    }
    return new Conversation(prompt.id(), 0, replies, Conversation.Source.MODEL);
  }

  @Override
  public void close() {
    models.close();
  }
}
