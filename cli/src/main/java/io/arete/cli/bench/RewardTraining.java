package io.arete.cli.bench;

import io.arete.engine.CountedRandom;
import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.AdapterStack;
import io.arete.engine.adapter.FrozenStack;
import io.arete.engine.forest.Forest;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Scope;
import io.arete.engine.train.AdamW;
import io.arete.engine.train.Backpropagation;
import io.arete.engine.train.Readout;
import io.arete.engine.train.ScalarReadout;
import io.arete.engine.train.TrunkPass;
import java.util.Arrays;
import java.util.List;

/** Training steps of a reward model; sequences 2i and 2i + 1 of a pass are a pair. */
final class RewardTraining implements AutoCloseable {

  private static final double LEARNING_RATE = 1e-4;

  private final Subject subject;
  private final List<Forest> passes;
  private final int sequences;
  private final Adapter adapter;
  private final AdapterStack stack;
  private final FrozenStack below;
  private final Backpropagation backpropagation;
  private final AdamW optimizer;

  /** Trains a fresh adapter, which it takes ownership of, on a batch of one pass. */
  RewardTraining(Subject subject, Forest batch, Adapter adapter, Backpropagation backpropagation) {
    this(subject, List.of(batch), adapter, backpropagation);
  }

  /** As the other, on a batch that is computed in several passes. */
  RewardTraining(
      Subject subject, List<Forest> passes, Adapter adapter, Backpropagation backpropagation) {
    this.subject = subject;
    this.passes = passes;
    this.backpropagation = backpropagation;
    sequences = passes.stream().mapToInt(Forest::sequences).sum();
    this.adapter = adapter;
    stack = AdapterStack.BASE.with(adapter);
    below = stack.below().frozen(subject.model().config().layers(), subject.model().dtype());
    optimizer = new AdamW(adapter.parameters(), 0);
  }

  /** One step: forward and backward, pass after pass, then the optimizer. */
  void step() {
    passes.forEach(this::pass);
    optimizer.clip(1);
    optimizer.step(LEARNING_RATE);
  }

  private void pass(Forest batch) {
    int[] ends = new int[batch.sequences()];
    Arrays.setAll(ends, batch::end);
    try (Scope scope = Scope.open()) {
      CountedRandom dropout = CountedRandom.of(1).at("dropout").at(optimizer.steps());
      Adapters adapters = stack.training(below, dropout);
      TrunkPass pass = TrunkPass.forward(subject.model(), batch, adapters, backpropagation);
      Readout readout =
          new ScalarReadout(subject.model(), adapter.head().orElseThrow())
              .readAndDerive(pass.hidden(), ends, this::derivatives);
      pass.backward(readout.hiddenGradient());
    }
  }

  /** Of the mean of −log σ(first − second) over the pairs. */
  private double[] derivatives(int first, double[] scores) {
    double[] derivatives = new double[scores.length];
    for (int i = 0; i < scores.length; i += 2) {
      double lost = 1 / (1 + Math.exp(scores[i] - scores[i + 1]));
      derivatives[i] = -2 * lost / sequences;
      derivatives[i + 1] = -derivatives[i];
    }
    return derivatives;
  }

  @Override
  public void close() {
    optimizer.close();
    below.close();
    adapter.close();
  }
}
