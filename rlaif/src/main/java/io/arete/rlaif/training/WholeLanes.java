package io.arete.rlaif.training;

import io.arete.engine.forest.Forest;
import io.arete.engine.model.TrainableWeights;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Lanes;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.train.Backpropagation;
import io.arete.engine.train.TrunkPass;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Passes that learn all weights of a model, side by side, one a lane. Each lane has gradients of
 * its own, which are added up in the lanes' order, so that threads never change a result.
 */
final class WholeLanes implements AutoCloseable {

  private final TrainableWeights weights;
  private final int count;
  private final Backpropagation backpropagation;
  private final List<TrainableWeights.Lane> lanes = new ArrayList<>();

  /**
   * Over weights, which are borrowed.
   *
   * @param count the most passes at a time; sums of gradients depend on it
   */
  WholeLanes(TrainableWeights weights, int count, Backpropagation backpropagation) {
    this.weights = weights;
    this.count = count;
    this.backpropagation = backpropagation;
  }

  /** The most passes at a time. */
  int count() {
    return count;
  }

  /** Adds to the weights' gradients; what each pass said, in order. */
  <R> List<R> learn(List<LearningPass<R>> passes) {
    int side = Math.min(count, passes.size());
    while (lanes.size() < side) {
      lanes.add(weights.lane());
    }
    List<R> said = new ArrayList<>();
    for (int from = 0; from < passes.size(); from += side) {
      List<Callable<R>> work = new ArrayList<>();
      for (int i = from; i < Math.min(passes.size(), from + side); i++) {
        LearningPass<R> pass = passes.get(i);
        TrainableWeights.Lane lane = lanes.get(i - from);
        work.add(() -> learn(pass, lane));
      }
      said.addAll(Lanes.run(work));
    }
    try (NoGrad still = NoGrad.open()) {
      for (TrainableWeights.Lane lane : lanes.subList(0, side)) {
        weights.parameters().gradients().addInPlace(lane.gradients(), 1);
        lane.gradients().zeroInPlace();
      }
    }
    return said;
  }

  private <R> R learn(LearningPass<R> one, TrainableWeights.Lane lane) {
    try (Scope scope = Scope.open()) {
      Forest forest = one.forest();
      TrunkPass pass = TrunkPass.forward(lane.model(), forest, Adapters.NONE, backpropagation);
      LearningPass.Learned<R> learned =
          one.reading().of(new LearningPass.Learner(lane.model(), lane.heads()), pass.hidden());
      pass.backward(learned.hiddenGradient());
      return learned.said();
    }
  }

  @Override
  public void close() {
    lanes.forEach(TrainableWeights.Lane::close);
  }
}
