package io.arete.rlaif.dpo;

import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.train.ChunkedLogProbs;
import io.arete.engine.train.Readout;
import io.arete.rlaif.training.LearningPass.Learned;
import io.arete.rlaif.training.LearningPass.Learner;
import io.arete.rlaif.training.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Mean loss of DPO over the pairs of a batch. */
final class DpoObjective implements Objective<DpoPair> {

  private final Map<String, Double> referenceLeads;
  private final DpoLoss formula;

  /**
   * An objective.
   *
   * @param referenceLeads by a pair's id, by how many nats the first conversation is likelier than
   *     the second to the reference
   */
  DpoObjective(Map<String, Double> referenceLeads, double beta) {
    this.referenceLeads = referenceLeads;
    this.formula = new DpoLoss(beta);
  }

  @Override
  public String name(DpoPair pair) {
    return pair.id();
  }

  @Override
  public List<int[]> sequences(DpoPair pair) {
    return pair.sequences();
  }

  @Override
  public double weight(DpoPair pair) {
    return 1;
  }

  @Override
  public Learned<PassResult> pass(
      Learner learner, List<DpoPair> pairs, Forest forest, Tensor hidden, double batchPairs) {
    PairReadings readings = PairReadings.of(pairs, forest);
    double[] leads = leads(learner.model(), hidden, readings);
    double loss = 0;
    double right = 0;
    double[] byLead = new double[leads.length];
    for (int i = 0; i < leads.length; i++) {
      DpoPair pair = pairs.get(i);
      double reference = referenceLeads.getOrDefault(pair.id(), Double.NaN);
      DpoLoss.Term term = formula.of(leads[i], reference, pair.p());
      loss += term.loss();
      byLead[i] = term.byLead() / batchPairs;
      right += term.right() ? 1 : 0;
    }
    double[] derivatives = readings.byToken(byLead);
    Readout readout =
        new ChunkedLogProbs(learner.model(), 1)
            .readAndDerive(
                hidden,
                readings.rows(),
                readings.targets(),
                (first, logprobs) ->
                    Arrays.copyOfRange(derivatives, first, first + logprobs.length));
    return new Learned<>(
        new PassResult(loss / batchPairs, Map.of("accuracy", right / batchPairs)),
        readout.hiddenGradient());
  }

  /** A pair's derivative needs all of its tokens, which lie in several chunks: read once before. */
  private static double[] leads(DecoderModel model, Tensor hidden, PairReadings readings) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      return readings.leads(
          new ChunkedLogProbs(model, 1).read(hidden, readings.rows(), readings.targets()));
    }
  }
}
