package io.arete.rlaif.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.bestof.ScoredSamples;
import io.arete.rlaif.config.CheckSettings;
import io.arete.rlaif.config.Recipe;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.evaluation.PromptResult;
import io.arete.rlaif.evaluation.ScoredConversation;
import io.arete.rlaif.feedback.Comparison;
import io.arete.rlaif.feedback.JudgeTexts;
import io.arete.rlaif.feedback.TrustedLabeler;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the ensemble would choose: the policy before PPO answers watch prompts several times, and
 * the run's own labeler says whether the reply that the ensemble likes best beats another. PPO goes
 * where the ensemble points; this is the same way, without training.
 */
final class ChosenReplies {

  /** The samples of a conversation cost about a third of what feedback or PPO pays for one. */
  private static final double CHEAPER = 3;

  /** Enough to tell prompts from replies, where nobody is there to judge. */
  private static final int PROMPTS_WITHOUT_JUDGE = 32;

  private static final int FEWEST_PROMPTS = 8;

  private final StageContext context;
  private final CheckSettings settings;

  ChosenReplies(StageContext context) {
    this.context = context;
    this.settings = context.recipe().gates().checks();
  }

  /** A reply against another, on the facet that it is judged on. */
  private record Duel(
      Prompt prompt, Facet facet, ScoredConversation chosen, ScoredConversation other) {}

  /**
   * Where the rewards' differences lie, and how often the chosen reply wins.
   *
   * @param folder of the samples
   * @param madeFrom what they depend on
   */
  ObjectNode run(Path folder, String madeFrom) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    int count = prompts();
    root.put("prompts", count).put("samples", settings.bestOfSamples());
    if (count < FEWEST_PROMPTS) {
      return root;
    }
    List<Prompt> asked = context.data().prompts(Split.WATCH).subList(0, count);
    ObjectNode made =
        JsonNodeFactory.instance
            .objectNode()
            .put("made_from", madeFrom)
            .put("prompts", count)
            .put("samples", settings.bestOfSamples());
    CountedRandom draws = CountedRandom.of(context.recipe().general().seed()).at("checks");
    List<PromptResult> results =
        new ScoredSamples(context, folder, draws, made).of(asked, settings.bestOfSamples());
    root.set("spread", spread(results));
    root.set("choice", choice(asked, results));
    return root;
  }

  /** How many prompts: those asked for that exist, and that the run's share of work pays for. */
  private int prompts() {
    Recipe recipe = context.recipe();
    long feedback =
        JsonLines.readAppended(context.folder().conversations(), (line, row) -> Optional.of(line))
            .size();
    long ppo =
        (long) recipe.ppo().iterations()
            * recipe.ppo().promptsPerIteration()
            * recipe.ppo().samplesPerPrompt();
    long evaluation = 3L * recipe.evaluation().prompts() * recipe.evaluation().samples();
    double affordable =
        CHEAPER * settings.share() * (feedback + ppo + evaluation) / settings.bestOfSamples();
    int there = context.data().prompts(Split.WATCH).size();
    int wanted =
        TrustedLabeler.isHere(context)
            ? settings.bestOfPrompts()
            : Math.min(settings.bestOfPrompts(), PROMPTS_WITHOUT_JUDGE);
    return (int) Math.min(Math.min(there, wanted), affordable);
  }

  private static ObjectNode spread(List<PromptResult> results) {
    List<ScoredConversation> all =
        results.stream().flatMap(result -> result.conversations().stream()).toList();
    double[] rewards = all.stream().mapToDouble(ScoredConversation::score).toArray();
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("n", all.size())
            .put(
                "within_share",
                RewardParts.withinShare(
                    results.stream()
                        .map(
                            result ->
                                result.conversations().stream()
                                    .mapToDouble(ScoredConversation::score)
                                    .toArray())
                        .toList()));
    ObjectNode parts = row.putObject("parts");
    double[] charge = rewards.clone();
    for (Facet facet : Facet.values()) {
      double[] part =
          all.stream().mapToDouble(one -> one.member(facet) / Facet.values().length).toArray();
      parts.put(facet.wireName(), RewardParts.share(part, rewards));
      for (int i = 0; i < charge.length; i++) {
        charge[i] -= part[i];
      }
    }
    parts.put("disagreement", RewardParts.share(charge, rewards));
    return row;
  }

  private ObjectNode choice(List<Prompt> prompts, List<PromptResult> results) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    if (!TrustedLabeler.isHere(context)) {
      return row.put(
          "nobody", "people are not here to judge, and a server is paid for each answer");
    }
    List<Facet> trusted = TrustedLabeler.facets(context);
    if (trusted.isEmpty()) {
      return row.put("nobody", "the labeler has not passed its own gate on any facet");
    }
    List<Duel> duels = new ArrayList<>();
    int same = 0;
    for (int i = 0; i < prompts.size(); i++) {
      List<ScoredConversation> samples = results.get(i).conversations();
      ScoredConversation best =
          samples.stream().max(Comparator.comparing(ScoredConversation::score)).orElseThrow();
      Duel duel = new Duel(prompts.get(i), trusted.get(i % trusted.size()), best, samples.get(0));
      if (alike(duel)) {
        same++;
      } else {
        duels.add(duel);
      }
    }
    return judged(row, duels, same);
  }

  private static boolean alike(Duel duel) {
    return duel.chosen().conversation().replies().equals(duel.other().conversation().replies());
  }

  private ObjectNode judged(ObjectNode row, List<Duel> duels, int same) {
    JudgeTexts texts = new JudgeTexts(context.constitution());
    List<Comparison> comparisons =
        duels.stream()
            .map(
                duel ->
                    texts.comparison(
                        duel.prompt(),
                        duel.facet(),
                        duel.chosen().conversation(),
                        duel.other().conversation()))
            .toList();
    context.listener().begin("the labeler judges the chosen", "pairs", comparisons.size());
    int won = 0;
    int lost = 0;
    int undecided = same;
    for (Optional<Double> p : TrustedLabeler.judge(context, comparisons)) {
      double said = p.orElse(0.5);
      won += said > 0.5 ? 1 : 0;
      lost += said < 0.5 ? 1 : 0;
      undecided += said == 0.5 ? 1 : 0;
    }
    context.listener().advance(comparisons.size());
    return row.put("won", won).put("lost", lost).put("undecided", undecided);
  }
}
