package io.arete.rlaif.evaluation;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.ensemble.EnsembleRule;
import io.arete.rlaif.ensemble.EnsembleScore;
import io.arete.rlaif.reward.RunRewardModels;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a run's ensemble comes to its score of a conversation.
 *
 * @param score empty if a reply alone is longer than the reward models read
 * @param text a labelled tree: what each reward model says, what that is in z units, their mean and
 *     disagreement, the charge for it, the score
 */
public record ScoreExplanation(Optional<EnsembleScore> score, String text) {

  /**
   * One for each conversation.
   *
   * @param prompts the prompt of each conversation
   */
  public static List<ScoreExplanation> of(
      RunRewardModels models,
      EnsembleRule rule,
      List<Prompt> prompts,
      List<Conversation> conversations) {
    Map<Facet, List<List<RunRewardModels.Reading>>> all = models.readings(prompts, conversations);
    List<ScoreExplanation> explanations = new ArrayList<>();
    for (int i = 0; i < conversations.size(); i++) {
      Map<Facet, List<RunRewardModels.Reading>> own = new EnumMap<>(Facet.class);
      for (Map.Entry<Facet, List<List<RunRewardModels.Reading>>> entry : all.entrySet()) {
        int place = i;
        own.put(entry.getKey(), entry.getValue().stream().map(s -> s.get(place)).toList());
      }
      explanations.add(of(own, rule));
    }
    return explanations;
  }

  /**
   * That of one conversation.
   *
   * @param readings of each facet, one a seed
   */
  private static ScoreExplanation of(
      Map<Facet, List<RunRewardModels.Reading>> readings, EnsembleRule rule) {
    Map<Facet, Double> members = new EnumMap<>(Facet.class);
    Map<Facet, List<String>> origins = new EnumMap<>(Facet.class);
    for (Map.Entry<Facet, List<RunRewardModels.Reading>> entry : readings.entrySet()) {
      List<RunRewardModels.Reading> seeds = entry.getValue();
      double z = seeds.stream().mapToDouble(RunRewardModels.Reading::z).average().orElseThrow();
      if (Double.isNaN(z)) {
        return new ScoreExplanation(
            Optional.empty(),
            "no ensemble score: the reply on the "
                + entry.getKey().wireName()
                + " alone is longer than the reward models read");
      }
      members.put(entry.getKey(), z);
      origins.put(
          entry.getKey(),
          IntStream.range(0, seeds.size())
              .mapToObj(
                  i -> origin(seeds.size() == 1 ? "" : "seed " + (i + 1) + ": ", seeds.get(i)))
              .toList());
    }
    EnsembleScore score = new EnsembleScore(members, rule);
    return new ScoreExplanation(Optional.of(score), score.explain(origins));
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
