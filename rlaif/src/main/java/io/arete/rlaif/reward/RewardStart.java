package io.arete.rlaif.reward;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.adapter.LoraConfig;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import io.arete.rlaif.stats.Summary;
import java.util.List;

/**
 * A reward model before its first step. Its head is random, scaled so that the scores of some
 * training texts spread little: the first loss is then that of knowing nothing, ln 2, whatever the
 * size of the hidden states.
 *
 * @param adapter fresh, with the head; the caller closes it
 * @param firstLoss mean loss of the first training pairs, nats
 * @param firstPairs how many
 */
record RewardStart(Adapter adapter, double firstLoss, int firstPairs) {

  private static final double SPREAD = 0.05;
  private static final int SPREAD_PAIRS = 32;
  private static final int FIRST_PAIRS = 128;

  /**
   * Makes it.
   *
   * @param below what the adapter will stand on
   * @throws AreteException if all texts have one score
   */
  static RewardStart of(
      DecoderModel model,
      FrozenStack below,
      LoraConfig form,
      List<RewardPair> train,
      CountedRandom draws) {
    List<RewardPair> first = train.subList(0, Math.min(FIRST_PAIRS, train.size()));
    Adapter adapter =
        Adapter.fresh(form, model.config(), true, draws.at("adapter").bits(0), model.device());
    try {
      double[] head = randomHead(model.config().shape().hidden(), draws.at("head"));
      setHead(adapter, model, head, 1);
      // The fresh adapter changes nothing yet, so what is below says what its model says.
      double sd =
          spread(
              scorer(model, below, adapter),
              first.subList(0, Math.min(SPREAD_PAIRS, first.size())));
      setHead(adapter, model, head, SPREAD / sd);
      SequenceScorer scorer = scorer(model, below, adapter);
      double[] differences = RewardPair.differences(first, scorer::score);
      return new RewardStart(adapter, HeldOut.of(first, differences).loss(), first.size());
    } catch (RuntimeException e) {
      adapter.close();
      throw e;
    }
  }

  private static double spread(SequenceScorer scorer, List<RewardPair> pairs) {
    double[] scores = scorer.score(pairs.stream().flatMap(pair -> pair.texts().stream()).toList());
    double sd = Summary.of(scores).populationSd();
    if (!(sd > 0)) {
      throw new AreteException(
          "The base gives the first "
              + scores.length
              + " texts of a reward model's pairs one and the same score, so it cannot tell them"
              + " apart; check the base model and the conversations.");
    }
    return sd;
  }

  private static SequenceScorer scorer(DecoderModel model, Adapters adapters, Adapter withHead) {
    return new SequenceScorer(model, adapters, withHead.head().orElseThrow());
  }

  private static double[] randomHead(int hidden, CountedRandom draws) {
    double[] head = new double[hidden];
    for (int i = 0; i < hidden; i++) {
      head[i] = draws.gaussian(i) / Math.sqrt((double) hidden);
    }
    return head;
  }

  private static void setHead(Adapter adapter, DecoderModel model, double[] head, double factor) {
    float[] values = new float[head.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (head[i] * factor);
    }
    try (Scope scope = Scope.open()) {
      Tensor target = adapter.parameters().get(Adapter.HEAD);
      target.copyInPlace(Tensors.of(model.device(), values, 1, values.length));
    }
  }
}
