package io.arete.rlaif.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.bestof.ScoredSamples;
import io.arete.rlaif.config.CheckSettings;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.evaluation.PromptResult;
import io.arete.rlaif.evaluation.ScoredConversation;
import io.arete.rlaif.stage.StageContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the ensemble would choose: the policy before PPO answers watch prompts several times, and
 * the run's own labeler, or else its watch reward model, says whether the reply that the ensemble
 * likes best beats another. PPO goes where the ensemble points; this is the same way, without
 * training.
 */
final class ChosenReplies {

  /** Enough to tell prompts from replies, where nobody is there to judge. */
  private static final int PROMPTS_WITHOUT_JUDGE = 32;

  private static final int FEWEST_PROMPTS = 8;

  /** As the gate has it; so many are worth a judge's work. */
  private static final int FEWEST_JUDGED = 100;

  private final StageContext context;
  private final CheckSettings settings;

  /** Prompts that the run's share of work pays for. */
  private final int affordable;

  ChosenReplies(StageContext context) {
    this.context = context;
    this.settings = context.recipe().gates().checks();
    this.affordable = (int) (new CheckBudget(context).conversations() / settings.bestOfSamples());
  }

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

  /**
   * How many prompts: those asked for that exist, and that the run's share of work pays for. Where
   * it does not pay for enough to be judged, no more than tell prompts from replies.
   */
  private int prompts() {
    boolean judged = ChoiceJudge.mayBeThere(context) && isPaid();
    return Math.min(affordable, judged ? wanted() : Math.min(wanted(), PROMPTS_WITHOUT_JUDGE));
  }

  /** Whether a judge's work is worth its while: all that are wanted, or enough for the gate. */
  private boolean isPaid() {
    return affordable >= Math.min(wanted(), FEWEST_JUDGED);
  }

  private int wanted() {
    return Math.min(context.data().prompts(Split.WATCH).size(), settings.bestOfPrompts());
  }

  private ObjectNode spread(List<PromptResult> results) {
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
    // One reward model alone has no parts.
    if (context.recipe().ppo().ensemble().rule().one().isEmpty()) {
      row.set("parts", parts(all, rewards));
    }
    return row;
  }

  private static ObjectNode parts(List<ScoredConversation> all, double[] rewards) {
    ObjectNode parts = JsonNodeFactory.instance.objectNode();
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
    return parts;
  }

  private ObjectNode choice(List<Prompt> prompts, List<PromptResult> results) {
    if (!isPaid()) {
      return JsonNodeFactory.instance
          .objectNode()
          .put(
              "nobody",
              String.format(
                  Locale.ROOT,
                  "%d prompts must be judged, and gates.checks_share pays for %d",
                  FEWEST_JUDGED,
                  affordable));
    }
    Optional<ChoiceJudge> judge = ChoiceJudge.of(context);
    if (judge.isEmpty()) {
      return JsonNodeFactory.instance.objectNode().put("nobody", ChoiceJudge.nobody(context));
    }
    List<Duel> duels = new ArrayList<>();
    int same = 0;
    for (int i = 0; i < prompts.size(); i++) {
      List<ScoredConversation> samples = results.get(i).conversations();
      ScoredConversation best =
          samples.stream().max(Comparator.comparing(ScoredConversation::score)).orElseThrow();
      Duel duel = new Duel(prompts.get(i), i, best.conversation(), samples.get(0).conversation());
      if (duel.alike()) {
        same++;
      } else {
        duels.add(duel);
      }
    }
    return judged(judge.get(), duels, same);
  }

  private ObjectNode judged(ChoiceJudge judge, List<Duel> duels, int same) {
    context.listener().begin(judge.title() + " judges the chosen", "pairs", duels.size());
    int won = 0;
    int lost = 0;
    int undecided = same;
    for (double said : judge.chosenIsBetter(duels)) {
      won += said > 0.5 ? 1 : 0;
      lost += said < 0.5 ? 1 : 0;
      undecided += said == 0.5 ? 1 : 0;
    }
    context.listener().advance(duels.size());
    return JsonNodeFactory.instance
        .objectNode()
        .put("judge", judge.title())
        .put("won", won)
        .put("lost", lost)
        .put("undecided", undecided);
  }
}
