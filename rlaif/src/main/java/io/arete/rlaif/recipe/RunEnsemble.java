package io.arete.rlaif.recipe;

import io.arete.engine.chat.ChatModel;
import io.arete.rlaif.data.Constitution;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Reply;
import io.arete.rlaif.ensemble.EnsembleRule;
import io.arete.rlaif.evaluation.ScoreExplanation;
import io.arete.rlaif.ppo.PpoFormulas;
import io.arete.rlaif.reward.RunRewardModels;
import io.arete.rlaif.stage.StageContext;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A run's reward models with the base below them, in memory and apart from the run's folder. */
public final class RunEnsemble implements AutoCloseable {

  private final ChatModel model;
  private final Constitution constitution;
  private final RunRewardModels models;
  private final EnsembleRule rule;

  private RunEnsemble(StageContext context, RunRewardModels models) {
    this.model = context.model();
    this.constitution = context.constitution();
    this.models = models;
    this.rule = new PpoFormulas(context.recipe().ppo()).ensemble();
  }

  /** Loads them; the context's model is closed with this. */
  static RunEnsemble load(StageContext context) {
    return new RunEnsemble(context, RunRewardModels.open(context));
  }

  /** The constitution under which they learned. */
  public Constitution constitution() {
    return constitution;
  }

  /**
   * The conversation of replies that are known as texts.
   *
   * @param texts the reply for every facet, each taken as ended by itself
   * @throws io.arete.engine.AreteException if a facet has none
   */
  public Conversation conversation(Prompt prompt, Map<Facet, String> texts) {
    Map<Facet, Reply> replies = new EnumMap<>(Facet.class);
    texts.forEach(
        (facet, text) -> {
          List<Integer> ids = Arrays.stream(model.encoder().replyIds(text)).boxed().toList();
          replies.put(facet, new Reply(text, ids, Reply.Ended.TURN));
        });
    return new Conversation(prompt.id(), 0, replies, Conversation.Source.MODEL);
  }

  /**
   * How the ensemble scores conversations, one by one.
   *
   * @param prompts the prompt of each conversation
   */
  public List<ScoreExplanation> explain(List<Prompt> prompts, List<Conversation> conversations) {
    return ScoreExplanation.of(models, rule, prompts, conversations);
  }

  @Override
  public void close() {
    models.close();
    model.close();
  }
}
