package io.arete.rlaif.reward;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.FacetTexts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A run's own reward models, in z units: what PPO, the evaluation and the attack score with. Where
 * there are several seeds, a facet's score is the mean over them.
 */
public final class RunRewardModels implements FacetScorer, AutoCloseable {

  /** One set with its constants. */
  private record Loaded(FacetRewardModels models, Map<Facet, ScoreNormalizer> normalizers) {}

  private final List<Loaded> sets = new ArrayList<>();

  private RunRewardModels() {}

  /**
   * What one reward model said of a conversation.
   *
   * @param raw as it comes out of the head; NaN if the reply alone is too long to be read
   * @param normalizer what makes z of it
   */
  public record Reading(double raw, ScoreNormalizer normalizer) {

    /** In units of the reference samples' sd. */
    public double z() {
      return normalizer.z(raw);
    }
  }

  /**
   * Loads those that reward the policy.
   *
   * @throws io.arete.engine.AreteException if a reward model or its constants are missing
   */
  public static RunRewardModels open(StageContext context) {
    return open(context, RewardSet.ensemble(context.recipe().reward().members()));
  }

  /**
   * Loads sets, such as {@link RewardSet#WATCH}.
   *
   * @throws io.arete.engine.AreteException if a reward model or its constants are missing
   */
  public static RunRewardModels open(StageContext context, List<RewardSet> sets) {
    return open(context, sets, List.of(Facet.values()));
  }

  /**
   * Loads the models of some facets only; {@link #score} then knows no others.
   *
   * @throws io.arete.engine.AreteException if a reward model or its constants are missing
   */
  public static RunRewardModels open(
      StageContext context, List<RewardSet> sets, List<Facet> facets) {
    FacetTexts texts = RewardStage.texts(context);
    RunRewardModels all = new RunRewardModels();
    try {
      sets.forEach(set -> all.sets.add(load(context, set, texts, facets)));
    } catch (RuntimeException e) {
      all.close();
      throw e;
    }
    return all;
  }

  private static Loaded load(
      StageContext context, RewardSet set, FacetTexts texts, List<Facet> facets) {
    Map<Facet, Path> folders = new EnumMap<>(Facet.class);
    Map<Facet, ScoreNormalizer> normalizers = new EnumMap<>(Facet.class);
    for (Facet facet : facets) {
      Path folder = set.model(context.folder(), facet);
      folders.put(facet, folder);
      normalizers.put(facet, NormalizationFile.read(folder));
    }
    return new Loaded(
        new FacetRewardModels(context.model().decoder(), texts, folders), normalizers);
  }

  @Override
  public Map<Facet, double[]> score(List<Prompt> prompts, List<Conversation> conversations) {
    Map<Facet, double[]> means = new EnumMap<>(Facet.class);
    readings(prompts, conversations)
        .forEach(
            (facet, seeds) -> {
              double[] sums = new double[conversations.size()];
              for (List<Reading> seed : seeds) {
                for (int i = 0; i < sums.length; i++) {
                  sums[i] += seed.get(i).z() / seeds.size();
                }
              }
              means.put(facet, sums);
            });
    return means;
  }

  /** What each model said: for each facet a list a seed, of one reading a conversation. */
  public Map<Facet, List<List<Reading>>> readings(
      List<Prompt> prompts, List<Conversation> conversations) {
    Map<Facet, List<List<Reading>>> readings = new EnumMap<>(Facet.class);
    for (Loaded set : sets) {
      set.models()
          .score(prompts, conversations)
          .forEach(
              (facet, raw) -> {
                ScoreNormalizer normalizer = Objects.requireNonNull(set.normalizers().get(facet));
                List<Reading> own = new ArrayList<>();
                for (double score : raw) {
                  own.add(new Reading(score, normalizer));
                }
                readings.computeIfAbsent(facet, key -> new ArrayList<>()).add(own);
              });
    }
    return readings;
  }

  @Override
  public void close() {
    sets.forEach(set -> set.models().close());
  }
}
