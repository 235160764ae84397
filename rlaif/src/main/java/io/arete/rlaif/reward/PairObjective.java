package io.arete.rlaif.reward;

import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.train.Readout;
import io.arete.engine.train.ScalarReadout;
import io.arete.rlaif.training.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Mean pairwise loss over a batch of pairs; a pair's two texts share their beginning. */
final class PairObjective implements Objective<RewardPair> {

  private final ScalarReadout readout;
  private final PairwiseLoss loss;
  private final boolean withMargin;

  PairObjective(DecoderModel model, ScalarHead head, PairwiseLoss loss, boolean withMargin) {
    this.readout = new ScalarReadout(model, head);
    this.loss = loss;
    this.withMargin = withMargin;
  }

  @Override
  public String name(RewardPair pair) {
    return pair.id();
  }

  @Override
  public List<int[]> sequences(RewardPair pair) {
    return pair.texts();
  }

  @Override
  public double weight(RewardPair pair) {
    return 1;
  }

  @Override
  public PassResult pass(List<RewardPair> pairs, Forest forest, Tensor hidden, double batchPairs) {
    int[] ends = new int[forest.sequences()];
    Arrays.setAll(ends, forest::end);
    Readout read =
        readout.readAndDerive(
            hidden, ends, (first, scores) -> derivatives(pairs, scores, batchPairs));
    double lossSum = 0;
    double right = 0;
    for (int i = 0; i < pairs.size(); i++) {
      lossSum += term(pairs.get(i), read.values(), i).loss();
      double difference = read.values()[2 * i] - read.values()[2 * i + 1];
      right += HeldOut.right(difference, pairs.get(i).p()) ? 1 : 0;
    }
    return new PassResult(
        lossSum / batchPairs, Map.of("accuracy", right / batchPairs), read.hiddenGradient());
  }

  private double[] derivatives(List<RewardPair> pairs, double[] scores, double batchPairs) {
    double[] derivatives = new double[scores.length];
    for (int i = 0; i < pairs.size(); i++) {
      PairwiseLoss.PairTerm term = term(pairs.get(i), scores, i);
      derivatives[2 * i] = term.byFirst() / batchPairs;
      derivatives[2 * i + 1] = term.bySecond() / batchPairs;
    }
    return derivatives;
  }

  private PairwiseLoss.PairTerm term(RewardPair pair, double[] scores, int i) {
    return loss.of(scores[2 * i], scores[2 * i + 1], pair.p(), withMargin ? pair.margin() : 0);
  }
}
