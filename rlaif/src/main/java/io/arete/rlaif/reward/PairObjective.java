package io.arete.rlaif.reward;

import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import io.arete.engine.train.Readout;
import io.arete.engine.train.ScalarReadout;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.text.FacetTexts.FacetText;
import io.arete.rlaif.training.LearningPass.Learned;
import io.arete.rlaif.training.LearningPass.Learner;
import io.arete.rlaif.training.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Mean pairwise loss over all pairs of a batch, Σ wᵢ Lᵢ / Σ wᵢ: a pair of weight 2 counts like two
 * of weight 1. The texts of a comparison share their beginning, those of one pair and those of its
 * facets.
 *
 * @param facets all that occur, in the order of the learner's heads
 * @param withMargin whether the loss subtracts each pair's margin
 * @param smoothing of the labels
 */
record PairObjective(
    List<Facet> facets, PairwiseLoss loss, boolean withMargin, LabelSmoothing smoothing)
    implements Objective<PairGroup> {

  /** The ids of its pairs; with several facets, each with its own. */
  @Override
  public String name(PairGroup group) {
    return group.pairs().stream()
        .map(pair -> facets.size() == 1 ? pair.id() : pair.facet().wireName() + " " + pair.id())
        .collect(Collectors.joining(", "));
  }

  @Override
  public List<int[]> sequences(PairGroup group) {
    return PairGroup.texts(List.of(group)).stream().map(FacetText::ids).toList();
  }

  @Override
  public double weight(PairGroup group) {
    return group.pairs().stream().mapToDouble(RewardPair::weight).sum();
  }

  @Override
  public Learned<PassResult> pass(
      Learner learner, List<PairGroup> groups, Forest forest, Tensor hidden, double batchWeight) {
    DecoderModel model = learner.model();
    Tensor gradient = Tensors.zeros(model.device(), Dtype.FLOAT32, hidden.size(0), hidden.size(1));
    double lossSum = 0;
    double right = 0;
    for (int facet = 0; facet < facets.size(); facet++) {
      FacetPart part = FacetPart.of(groups, forest, facets.get(facet));
      Readout read =
          new ScalarReadout(model, learner.heads().get(facet))
              .readAndDerive(
                  hidden,
                  part.ends(),
                  (first, scores) -> derivatives(part.pairs(), scores, batchWeight));
      gradient.addInPlace(read.hiddenGradient());
      for (int i = 0; i < part.pairs().size(); i++) {
        RewardPair pair = part.pairs().get(i);
        lossSum += pair.weight() * term(pair, read.values(), i).loss();
        double difference = read.values()[2 * i] - read.values()[2 * i + 1];
        right += HeldOut.right(difference, pair.p()) ? pair.weight() : 0;
      }
    }
    return new Learned<>(
        new PassResult(lossSum / batchWeight, Map.of("accuracy", right / batchWeight)), gradient);
  }

  /**
   * One facet's pairs of a pass.
   *
   * @param ends where their texts are read: of each pair the first, then the second
   */
  private record FacetPart(List<RewardPair> pairs, int[] ends) {

    static FacetPart of(List<PairGroup> groups, Forest forest, Facet facet) {
      List<RewardPair> pairs = new ArrayList<>();
      List<Integer> ends = new ArrayList<>();
      int sequence = 0;
      for (PairGroup group : groups) {
        for (RewardPair pair : group.pairs()) {
          if (pair.facet() == facet) {
            pairs.add(pair);
            ends.add(forest.end(sequence));
            ends.add(forest.end(sequence + 1));
          }
          sequence += 2;
        }
      }
      return new FacetPart(pairs, ends.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  private double[] derivatives(List<RewardPair> pairs, double[] scores, double batchWeight) {
    double[] derivatives = new double[scores.length];
    for (int i = 0; i < pairs.size(); i++) {
      PairwiseLoss.PairTerm term = term(pairs.get(i), scores, i);
      double weight = pairs.get(i).weight();
      derivatives[2 * i] = weight * term.byFirst() / batchWeight;
      derivatives[2 * i + 1] = weight * term.bySecond() / batchWeight;
    }
    return derivatives;
  }

  private PairwiseLoss.PairTerm term(RewardPair pair, double[] scores, int i) {
    return loss.of(
        scores[2 * i], scores[2 * i + 1], smoothing.of(pair.p()), withMargin ? pair.margin() : 0);
  }
}
