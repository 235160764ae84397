package io.arete.rlaif.evaluation;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.ensemble.EnsembleRule;
import io.arete.rlaif.ensemble.EnsembleScore;
import io.arete.rlaif.ppo.PpoFormulas;
import io.arete.rlaif.reward.RunRewardModels;
import io.arete.rlaif.stage.StageContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How a run's ensemble comes to its score of a conversation, as a labelled tree: what each reward
 * model says, what that is in z units, their mean and disagreement, the charge for it, the score.
 */
public final class ScoreExplanation {

  private ScoreExplanation() {}

  /**
   * One tree a conversation.
   *
   * @param prompts the prompt of each conversation
   */
  public static List<String> of(
      StageContext context, List<Prompt> prompts, List<Conversation> conversations) {
    EnsembleRule rule = new PpoFormulas(context.recipe().ppo()).ensemble();
    List<String> trees = new ArrayList<>();
    try (RunRewardModels models = RunRewardModels.open(context)) {
      Map<Facet, List<List<RunRewardModels.Reading>>> all = models.readings(prompts, conversations);
      for (int i = 0; i < conversations.size(); i++) {
        Map<Facet, List<RunRewardModels.Reading>> own = new EnumMap<>(Facet.class);
        for (Map.Entry<Facet, List<List<RunRewardModels.Reading>>> entry : all.entrySet()) {
          int place = i;
          own.put(entry.getKey(), entry.getValue().stream().map(s -> s.get(place)).toList());
        }
        trees.add(tree(own, rule));
      }
    }
    return trees;
  }

  /**
   * The tree of one conversation.
   *
   * @param readings of each facet, one a seed
   */
  static String tree(Map<Facet, List<RunRewardModels.Reading>> readings, EnsembleRule rule) {
    Map<Facet, Double> members = new EnumMap<>(Facet.class);
    Map<Facet, List<String>> origins = new EnumMap<>(Facet.class);
    for (Map.Entry<Facet, List<RunRewardModels.Reading>> entry : readings.entrySet()) {
      List<RunRewardModels.Reading> seeds = entry.getValue();
      double z = seeds.stream().mapToDouble(RunRewardModels.Reading::z).average().orElseThrow();
      if (Double.isNaN(z)) {
        return "no ensemble score: the reply on the "
            + entry.getKey().wireName()
            + " alone is longer than the reward models read";
      }
      members.put(entry.getKey(), z);
      origins.put(
          entry.getKey(),
          IntStream.range(0, seeds.size())
              .mapToObj(
                  i -> origin(seeds.size() == 1 ? "" : "seed " + (i + 1) + ": ", seeds.get(i)))
              .toList());
    }
    return new EnsembleScore(members, rule).explain(origins);
  }

  private static String origin(String who, RunRewardModels.Reading reading) {
    return String.format(
        Locale.ROOT,
        "%sz %.4f = (raw %.4f - mean %.4f) / sd %.4f",
        who,
        reading.z(),
        reading.raw(),
        reading.normalizer().mean(),
        reading.normalizer().sd());
  }
}
