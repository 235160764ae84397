package io.arete.rlaif.reward;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.Split;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.text.FacetTexts;
import io.arete.rlaif.text.FacetTexts.WholeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * How long the texts of a run's train and watch pairs are before any cut, in tokens.
 *
 * @param pairs by facet
 */
public record TextLengths(Map<Facet, List<Pair>> pairs) {

  /** Lengths that are tried are multiples of this. */
  static final int STEP = 8;

  private static final int SHORTEST = 16;

  /**
   * A pair's two texts.
   *
   * @param first tokens of the first
   * @param firstLeast those that no cut takes away
   * @param second tokens of the second
   * @param secondLeast those that no cut takes away
   * @param shared tokens that both begin with
   * @param prompt tokens that the pair's texts on other facets begin with, too
   */
  public record Pair(
      int first, int firstLeast, int second, int secondLeast, int shared, int prompt) {

    static Pair of(WholeText first, WholeText second) {
      int mismatch = Arrays.mismatch(first.ids(), second.ids());
      return new Pair(
          first.ids().length,
          first.least(),
          second.ids().length,
          second.least(),
          mismatch < 0 ? first.ids().length : mismatch,
          first.prompt());
    }

    /** How many of the two texts that length keeps whole. */
    public int whole(int longest) {
      return (first <= longest ? 1 : 0) + (second <= longest ? 1 : 0);
    }

    /** Whether a reply alone is longer. */
    boolean dropped(int longest) {
      return firstLeast > longest || secondLeast > longest;
    }

    /**
     * Of the prompt's tokens those that a text on another facet has as well, unless both are cut.
     */
    int common(int longest) {
      return Math.min(first, second) <= longest ? prompt : 0;
    }

    /** Distinct tokens once cut. Cut by unlike numbers of tokens, two texts begin differently. */
    int tokens(int longest) {
      int firstExcess = Math.max(0, first - longest);
      int secondExcess = Math.max(0, second - longest);
      int common = firstExcess == secondExcess ? Math.max(0, shared - firstExcess) : 0;
      return first - firstExcess + second - secondExcess - common;
    }
  }

  /** Reads the pairs and encodes their texts. */
  public static TextLengths read(StageContext context, FeedbackPairs pairs, FacetTexts texts) {
    Map<Facet, List<Pair>> all = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      List<Pair> lengths = new ArrayList<>();
      for (FeedbackPairs.Found found : pairs.of(facet)) {
        if (context.data().splits().of(found.prompt()) != Split.VERDICT) {
          lengths.add(
              Pair.of(
                  texts.whole(found.prompt(), found.first(), facet),
                  texts.whole(found.prompt(), found.second(), facet)));
        }
      }
      all.put(facet, lengths);
    }
    return new TextLengths(all);
  }

  /** Of pairs that are all on the action. */
  static TextLengths ofAction(List<Pair> pairs) {
    Map<Facet, List<Pair>> all = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      all.put(facet, facet == Facet.ACTION ? List.copyOf(pairs) : List.of());
    }
    return new TextLengths(all);
  }

  /** A facet's pairs. */
  public List<Pair> of(Facet facet) {
    return Objects.requireNonNull(pairs.get(facet));
  }

  /** Lengths of all texts of a facet. */
  static double[] texts(List<Pair> pairs) {
    return pairs.stream()
        .flatMapToInt(pair -> IntStream.of(pair.first(), pair.second()))
        .asDoubleStream()
        .toArray();
  }

  /** The share of texts that a length keeps whole; 1 of none. */
  static double keptWhole(List<Pair> pairs, int longest) {
    int kept = pairs.stream().mapToInt(pair -> pair.whole(longest)).sum();
    return pairs.isEmpty() ? 1 : kept / (2.0 * pairs.size());
  }

  /**
   * The smallest multiple of 8, at least 16, that keeps a share of every facet's texts whole.
   *
   * @param most what the model can read
   */
  int smallestThatKeeps(double share, int most) {
    int longest = SHORTEST;
    while (longest + STEP <= most && !keeps(share, longest)) {
      longest += STEP;
    }
    return longest;
  }

  /** Whether a length keeps that share of every facet's texts whole. */
  boolean keeps(double share, int longest) {
    return pairs.values().stream().allMatch(own -> keptWhole(own, longest) >= share);
  }
}
