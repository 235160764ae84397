package io.arete.rlaif.feedback;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * A labeler's judgements on one facet, counted. The unit is the pair: both orders and all virtues
 * of a pair together are one observation.
 *
 * @param judgements of the pairs that could be read
 * @param averaging how votes become a label
 * @param tieThreshold labels closer to one half are ties
 */
public record LabelTally(List<Judgement> judgements, VoteAveraging averaging, double tieThreshold) {

  /** Copies the judgements. */
  public LabelTally {
    judgements = List.copyOf(judgements);
  }

  /** How many pairs. */
  int pairs() {
    return judgements.size();
  }

  /** Pairs whose label is too close to one half to teach. */
  int ties() {
    return (int) labels().stream().filter(label -> label.isTie(tieThreshold)).count();
  }

  /** Pairs on which the two orders prefer different conversations. */
  int orderDecided() {
    return (int) labels().stream().filter(label -> label.pair().orderDecided()).count();
  }

  /** Mean lean towards what is shown first, nats. */
  double positionBias() {
    return mean(label -> label.pair().positionBias());
  }

  /** Mean size of the lean, whatever its direction, nats. */
  double positionBiasSize() {
    return mean(label -> Math.abs(label.pair().positionBias()));
  }

  /** Share of the answers, two a pair, that prefer what is shown first. */
  double firstSlotShare() {
    return mean(
        label ->
            (step(label.pair().firstShownFirst()) + step(label.pair().secondShownFirst())) / 2);
  }

  /** Pairs that lean towards what is shown first. */
  int leaningFirst() {
    return (int) labels().stream().filter(label -> label.pair().positionBias() > 0).count();
  }

  /** Pairs that lean towards either position. */
  int leaning() {
    return (int) labels().stream().filter(label -> label.pair().positionBias() != 0).count();
  }

  /** Mean probability that the labeler gave one of the two answers. */
  double answerMass() {
    return judgements.stream().mapToDouble(Judgement::answerMass).average().orElse(0);
  }

  /** Questions whose answer could not be read. */
  int failures() {
    return judgements.stream().mapToInt(Judgement::failures).sum();
  }

  /** Pairs with such a question. */
  int pairsWithFailures() {
    return (int) judgements.stream().filter(judgement -> judgement.failures() > 0).count();
  }

  /** Names of the virtues that were asked about, in order. */
  List<String> virtues() {
    return judgements.isEmpty()
        ? List.of()
        : judgements.get(0).votes().stream().map(WeightedVote::virtue).toList();
  }

  /** Share of the pairs on which a virtue's vote prefers what the label prefers. */
  double agreementWithLabel(int virtue) {
    return mean(
        (judgement, label) ->
            agree(judgement.votes().get(virtue).vote().signal(), label.logOdds()));
  }

  /** Share of the pairs on which the votes of two virtues prefer the same conversation. */
  double agreement(int one, int other) {
    return mean(
        (judgement, label) ->
            agree(
                judgement.votes().get(one).vote().signal(),
                judgement.votes().get(other).vote().signal()));
  }

  /** 1 if both point the same way, one half if either points nowhere. */
  private static double agree(double one, double other) {
    return step(one * other);
  }

  private static double step(double value) {
    return value > 0 ? 1 : value == 0 ? 0.5 : 0;
  }

  private List<SoftLabel> labels() {
    return judgements.stream().map(judgement -> judgement.label(averaging)).toList();
  }

  private double mean(ToDoubleFunction<SoftLabel> number) {
    return mean((judgement, label) -> number.applyAsDouble(label));
  }

  private double mean(ToDoubleBiFunction<Judgement, SoftLabel> number) {
    return judgements.stream()
        .mapToDouble(judgement -> number.applyAsDouble(judgement, judgement.label(averaging)))
        .average()
        .orElse(0);
  }
}
