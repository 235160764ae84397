package io.arete.rlaif.estimate;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Split;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The lengths of a run's texts, as far as they are known before it begins.
 *
 * @param prompts how many each split has, those left out for their length not counted
 * @param promptTokens of a prompt on average
 * @param longestPrompt tokens of the longest prompt seen
 * @param talks what supervised fine-tuning learns from
 * @param pairs people's pairs that train or watch, with the reply that was chosen
 * @param attacks requests of the attack
 * @param questions plain questions of the evaluation
 * @param questionTokens tokens between the reply before and a facet's own
 * @param judging tokens that a judge reads of one pair, by facet, beyond what all pairs share
 * @param judgements questions about a pair and facet
 */
public record DataFacts(
    Map<Split, Integer> prompts,
    double promptTokens,
    double longestPrompt,
    Texts talks,
    Texts pairs,
    Texts attacks,
    Texts questions,
    Map<Facet, Integer> questionTokens,
    Map<Facet, Double> judging,
    int judgements) {

  /**
   * Texts of one kind.
   *
   * @param count how many
   * @param tokens of each on average
   */
  public record Texts(int count, double tokens) {

    /** None. */
    public static final Texts NONE = new Texts(0, 0);
  }

  /** Copies the maps. */
  public DataFacts {
    prompts = Collections.unmodifiableMap(copy(prompts, Split.class));
    questionTokens = Collections.unmodifiableMap(copy(questionTokens, Facet.class));
    judging = Collections.unmodifiableMap(copy(judging, Facet.class));
  }

  /** How many prompts a split has. */
  int prompts(Split split) {
    return prompts.getOrDefault(split, 0);
  }

  private static <K extends Enum<K>, V> EnumMap<K, V> copy(Map<K, V> map, Class<K> keys) {
    EnumMap<K, V> copy = new EnumMap<>(keys);
    copy.putAll(map);
    return copy;
  }
}
