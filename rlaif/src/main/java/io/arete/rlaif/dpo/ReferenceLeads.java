package io.arete.rlaif.dpo;

import io.arete.engine.adapter.StackedModel;
import io.arete.engine.forest.Forest;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.train.ChunkedLogProbs;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.training.Passes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the reference says of pairs. It does not change, so it is asked once. */
final class ReferenceLeads {

  private ReferenceLeads() {}

  /** By a pair's id, by how many nats the first conversation is likelier than the second. */
  static Map<String, Double> of(
      List<DpoPair> pairs, StackedModel reference, int tokensPerPass, StageListener listener) {
    Map<String, Double> byId = new HashMap<>();
    listener.begin("what the reference says", "pairs", pairs.size());
    for (List<DpoPair> pass : Passes.of(pairs, DpoPair::sequences, tokensPerPass)) {
      double[] leads = leads(pass, reference);
      for (int i = 0; i < leads.length; i++) {
        byId.put(pass.get(i).id(), leads[i]);
      }
      listener.advance(pass.size());
    }
    return byId;
  }

  private static double[] leads(List<DpoPair> pairs, StackedModel reference) {
    Forest forest = Forest.of(pairs.stream().flatMap(one -> one.sequences().stream()).toList());
    PairReadings readings = PairReadings.of(pairs, forest);
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      return readings.leads(
          new ChunkedLogProbs(reference.decoder(), 1)
              .read(reference.read(forest), readings.rows(), readings.targets()));
    }
  }
}
