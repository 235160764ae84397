package io.arete.rlaif.ppo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.StackedModel;
import io.arete.engine.generate.Sampling;
import io.arete.rlaif.config.PpoSection;
import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.ensemble.EnsembleRule;
import io.arete.rlaif.ensemble.EnsembleScore;
import io.arete.rlaif.extension.Truth;
import io.arete.rlaif.extension.Truths;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.sampling.ConversationRequest;
import io.arete.rlaif.sampling.ConversationSampler;
import io.arete.rlaif.sampling.GreedyActions;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.ConversationPieces;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Looks at a policy on watch prompts, always on the same ones and with the same draws. */
final class PolicyLooks {

  /** Conversations of a look that are written down for people to read. */
  private static final int SHOWN = 4;

  private final List<Prompt> prompts;
  private final List<Prompt> compared;
  private final ConversationSampler sampler;
  private final GreedyActions greedy;
  private final Scorers scorers;
  private final CountedRandom draws;
  private @Nullable List<int[]> referenceActions;

  private PolicyLooks(
      List<Prompt> prompts,
      int conversations,
      ConversationSampler sampler,
      GreedyActions greedy,
      Scorers scorers,
      CountedRandom draws) {
    this.prompts = prompts.subList(0, Math.min(conversations, prompts.size()));
    this.compared = GreedyActions.compared(prompts);
    this.sampler = sampler;
    this.greedy = greedy;
    this.scorers = scorers;
    this.draws = draws;
  }

  /**
   * Who says what conversations are worth.
   *
   * @param proxy the models that reward
   * @param watch the watch reward models, if there are any
   */
  private record Scorers(
      RolloutScorer proxy,
      Optional<RolloutScorer> watch,
      Optional<Truth> truth,
      EnsembleRule rule) {}

  /**
   * A look.
   *
   * @param shown some of its conversations with their scores
   */
  record Looked(PolicyLook look, List<ObjectNode> shown) {}

  /**
   * Looks as a recipe asks for them; none if it does not, or no prompt is for watching.
   *
   * @param proxy the models that reward
   * @param watch the watch reward models, if there are any
   */
  static Optional<PolicyLooks> of(
      StageContext context, RolloutScorer proxy, Optional<RolloutScorer> watch) {
    PpoSection settings = context.recipe().ppo();
    List<Prompt> prompts = context.data().prompts(Split.WATCH);
    if (settings.watch().every() == 0 || prompts.isEmpty()) {
      return Optional.empty();
    }
    Optional<Truth> truth = context.recipe().data().truth().map(Truths::named);
    int longest = Objects.requireNonNull(settings.maxReplyTokens().get(Facet.ACTION));
    boolean judged = watch.isPresent() || truth.isPresent();
    return Optional.of(
        new PolicyLooks(
            prompts,
            judged ? settings.watch().prompts() : SHOWN,
            new ConversationSampler(
                context.model(),
                new ConversationPieces(context.model().encoder(), context.constitution()),
                settings.maxReplyTokens(),
                Sampling.plain()),
            new GreedyActions(context.model(), longest),
            new Scorers(proxy, watch, truth, new PpoFormulas(settings).ensemble()),
            context.draws(Stage.PPO).at("looks")));
  }

  /**
   * Looks.
   *
   * @param iteration after which; 0 = before the first
   * @param policy borrowed
   * @param reference borrowed
   */
  Looked look(long iteration, StackedModel policy, StackedModel reference) {
    List<Conversation> said = sampler.sample(ConversationRequest.each(prompts, 1), policy, draws);
    List<RolloutScore> scores = scorers.proxy().score(prompts, said);
    Optional<List<Double>> watched =
        scorers.watch().map(scorer -> values(scorer.score(prompts, said)));
    PolicyLook look =
        new PolicyLook(
            iteration,
            compared.size(),
            GreedyActions.same(actions(reference), greedy.of(policy, compared)),
            values(scores),
            watched,
            worth(said));
    return new Looked(look, shown(look, said, scores));
  }

  private List<int[]> actions(StackedModel reference) {
    List<int[]> known = referenceActions;
    if (known == null) {
      known = greedy.of(reference, compared);
      referenceActions = known;
    }
    return known;
  }

  private static List<Double> values(List<RolloutScore> scores) {
    return scores.stream().map(RolloutScore::value).toList();
  }

  /** Mean worth of what is known, by the rule of the ensemble. */
  private OptionalDouble worth(List<Conversation> said) {
    List<Double> worths = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      Prompt prompt = prompts.get(i);
      Conversation conversation = said.get(i);
      scorers
          .truth()
          .flatMap(truth -> truth.worth(prompt, conversation))
          .ifPresent(
              worth -> worths.add(new EnsembleScore(worth, scorers.rule().ofTruth()).value()));
    }
    return worths.stream().mapToDouble(Double::doubleValue).average();
  }

  private List<ObjectNode> shown(
      PolicyLook look, List<Conversation> said, List<RolloutScore> scores) {
    List<ObjectNode> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(SHOWN, said.size()); i++) {
      int at = i;
      ObjectNode row = prompts.get(i).toJson();
      row.remove("id");
      row.put("iteration", look.iteration()).put("score", scores.get(i).value());
      look.watch().ifPresent(watched -> row.put("watch_score", watched.get(at)));
      row.setAll(said.get(i).toJson());
      rows.add(row);
    }
    return rows;
  }
}
