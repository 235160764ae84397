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
      Map<Facet, List<List<RunRewardModels.Reading>>> all =
          models.readings(prompts, conversations);
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
    for (Map.Entry<Facet, List<RunRewardModels.Reading>> entry : readings.entrySet()) {
      double z =
          entry.getValue().stream()
              .mapToDouble(RunRewardModels.Reading::z)
              .average()
              .orElseThrow();
      if (Double.isNaN(z)) {
        return "no ensemble score: the reply on the "
            + entry.getKey().wireName()
            + " alone is longer than the reward models read";
      }
      members.put(entry.getKey(), z);
    }
    EnsembleScore score = new EnsembleScore(members, rule);
    StringBuilder text = new StringBuilder();
    text.append(line("", "ensemble score", score.value())).append(" = ").append(rule.describe());
    text.append(line("\n  ", "mean of the members", score.mean()));
    text.append(line("\n  ", "charge", score.mean() - score.value()));
    text.append(line(" (their sd, population,", "", score.populationSd())).append(')');
    text.append("\n  members, in z units, each with its share of the score");
    Map<Facet, Double> shares = score.shares();
    members.forEach(
        (facet, z) -> {
          text.append(line("\n    ", facet.wireName(), z))
              .append(line(" (share", "", shares.get(facet)))
              .append(')');
          List<RunRewardModels.Reading> seeds = List.copyOf(readings.get(facet));
          for (int seed = 0; seed < seeds.size(); seed++) {
            text.append(seeds.size() == 1 ? "" : "\n      seed " + (seed + 1))
                .append(reading(seeds.get(seed)));
          }
        });
    return text.toString();
  }

  private static String reading(RunRewardModels.Reading reading) {
    return String.format(
        Locale.ROOT,
        " %.4f = (raw %.4f - mean %.4f) / sd %.4f",
        reading.z(),
        reading.raw(),
        reading.normalizer().mean(),
        reading.normalizer().sd());
  }

  private static String line(String indent, String label, double value) {
    return String.format(Locale.ROOT, "%s%s %.4f", indent, label, value);
  }
}
