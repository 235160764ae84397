package io.arete.rlaif.feedback;

import io.arete.rlaif.data.Facet;
import io.arete.rlaif.extension.Truth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whoever knows what replies are really worth, as labeler: what feedback without errors would do.
 * Log-odds = slope · (worth of the first − worth of the second), the same in both orders.
 */
final class TruthLabeler implements Labeler {

  /** The one virtue that it votes on. */
  static final String VIRTUE = "truth";

  private final Truth truth;
  private final double slope;
  private long questions;

  /**
   * A labeler.
   *
   * @param slope nats for a difference in worth of 1; worths go from −1 to 1
   */
  TruthLabeler(Truth truth, double slope) {
    this.truth = truth;
    this.slope = slope;
  }

  @Override
  public List<Optional<Judgement>> judge(List<Comparison> comparisons) {
    return comparisons.stream().map(this::judge).toList();
  }

  @Override
  public LabelerWork work() {
    return new LabelerWork(questions, 0, 0);
  }

  /**
   * By how much the first conversation is worth more than the second; empty if nothing is known
   * about the prompt.
   */
  static Optional<Double> lead(Truth truth, Facet facet, Comparison.Origin pair) {
    Optional<Map<Facet, Double>> first = truth.worth(pair.prompt(), pair.first());
    Optional<Map<Facet, Double>> second = truth.worth(pair.prompt(), pair.second());
    return first.isEmpty() || second.isEmpty()
        ? Optional.empty()
        : Optional.of(of(first.get(), facet) - of(second.get(), facet));
  }

  private Optional<Judgement> judge(Comparison comparison) {
    questions += 2;
    return lead(truth, comparison.facet(), comparison.conversations())
        .map(lead -> slope * lead)
        .map(signal -> new WeightedVote(VIRTUE, 1, new LogOddsVote(signal, 0 - signal)))
        .map(vote -> new Judgement(List.of(vote), 1));
  }

  private static double of(Map<Facet, Double> worths, Facet facet) {
    return Objects.requireNonNull(worths.get(facet));
  }
}
