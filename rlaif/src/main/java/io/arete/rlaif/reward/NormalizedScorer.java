package io.arete.rlaif.reward;

import io.arete.rlaif.data.Conversation;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Prompt;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Scores in z units: what a reward model says, in the scale of its reference samples.
 *
 * @param models the reward models
 * @param normalizers one for each facet that is scored
 */
public record NormalizedScorer(FacetScorer models, Map<Facet, ScoreNormalizer> normalizers)
    implements FacetScorer {

  /** Copies the normalisers. */
  public NormalizedScorer {
    normalizers = Map.copyOf(normalizers);
  }

  @Override
  public Map<Facet, double[]> score(List<Prompt> prompts, List<Conversation> conversations) {
    Map<Facet, double[]> scores = new EnumMap<>(models.score(prompts, conversations));
    scores.replaceAll(
        (facet, raw) -> {
          ScoreNormalizer normalizer = Objects.requireNonNull(normalizers.get(facet));
          return Arrays.stream(raw).map(normalizer::z).toArray();
        });
    return scores;
  }
}
