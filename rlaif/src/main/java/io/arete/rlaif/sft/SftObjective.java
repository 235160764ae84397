package io.arete.rlaif.sft;

import io.arete.engine.adapter.StackedModel;
import io.arete.engine.forest.Forest;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.train.ChunkedLogProbs;
import io.arete.engine.train.Readout;
import io.arete.rlaif.text.Ids;
import io.arete.rlaif.training.LearningPass.Learned;
import io.arete.rlaif.training.LearningPass.Learner;
import io.arete.rlaif.training.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Mean negative log-probability of the replies' tokens over a batch. */
final class SftObjective implements Objective<SftExample> {

  @Override
  public String name(SftExample example) {
    return example.id();
  }

  @Override
  public List<int[]> sequences(SftExample example) {
    return List.of(example.ids());
  }

  @Override
  public double weight(SftExample example) {
    return example.learned().length;
  }

  @Override
  public Learned<PassResult> pass(
      Learner learner,
      List<SftExample> examples,
      Forest forest,
      Tensor hidden,
      double batchWeight) {
    Readout readout =
        new ChunkedLogProbs(learner.model(), 1)
            .readAndDerive(
                hidden,
                rows(examples, forest),
                targets(examples),
                (first, values) -> {
                  double[] derivatives = new double[values.length];
                  Arrays.fill(derivatives, -1 / batchWeight);
                  return derivatives;
                });
    double loss = -Arrays.stream(readout.values()).sum() / batchWeight;
    return new Learned<>(new PassResult(loss, Map.of()), readout.hiddenGradient());
  }

  /** The loss over examples, without learning; each in a pass of its own. */
  double loss(List<SftExample> examples, StackedModel model) {
    double sum = 0;
    for (SftExample example : examples) {
      try (NoGrad still = NoGrad.open();
          Scope scope = Scope.open()) {
        List<SftExample> one = List.of(example);
        Forest forest = Forest.of(sequences(example));
        ChunkedLogProbs logProbs = new ChunkedLogProbs(model.decoder(), 1);
        sum -=
            Arrays.stream(logProbs.read(model.read(forest), rows(one, forest), targets(one))).sum();
      }
    }
    return sum / examples.stream().mapToDouble(this::weight).sum();
  }

  /** Flat indices of the tokens before the learned ones. */
  private static int[] rows(List<SftExample> examples, Forest forest) {
    return IntStream.range(0, examples.size())
        .flatMap(
            i ->
                Arrays.stream(examples.get(i).learned())
                    .map(position -> forest.index(i, position - 1)))
        .toArray();
  }

  private static int[] targets(List<SftExample> examples) {
    return Ids.concat(examples.stream().map(SftExample::targets).toArray(int[][]::new));
  }
}
