package io.arete.rlaif.training;

import io.arete.engine.adapter.StackedModel;
import io.arete.engine.convert.TunedFolder;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.TrainableWeights;
import io.arete.engine.nn.Adapters;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.FlatParameters;
import io.arete.engine.tensor.Lanes;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.train.Backpropagation;
import io.arete.engine.train.TrunkPass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * All weights of a model, in float32. Passes run side by side, one a lane; each lane has gradients
 * of its own, which are added up in the lanes' order, so that threads never change a result.
 */
final class WholeTrainee implements Trainee {

  private final TrainableWeights weights;
  private final Path source;
  private final Backpropagation backpropagation;
  private final List<TrainableWeights.Lane> lanes = new ArrayList<>();

  /**
   * Over weights, which are closed with this.
   *
   * @param source the folder that they came from
   */
  WholeTrainee(TrainableWeights weights, Path source, Backpropagation backpropagation) {
    this.weights = weights;
    this.source = source;
    this.backpropagation = backpropagation;
  }

  @Override
  public FlatParameters parameters() {
    return weights.parameters();
  }

  @Override
  public List<ScalarHead> heads() {
    return weights.heads();
  }

  @Override
  public int lanes() {
    return Lanes.count(weights.parameters().values().device());
  }

  @Override
  public <R> List<R> learn(List<LearningPass<R>> passes) {
    int side = Math.min(lanes(), passes.size());
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
      TrunkPass pass =
          TrunkPass.forward(lane.model(), one.forest(), Adapters.NONE, backpropagation);
      LearningPass.Learned<R> learned =
          one.reading().of(new LearningPass.Learner(lane.model(), lane.heads()), pass.hidden());
      pass.backward(learned.hiddenGradient());
      return learned.said();
    }
  }

  /** None: the lanes of the first step have graphs of their own. */
  @Override
  public Optional<TrunkPass> forward(Forest forest) {
    return Optional.empty();
  }

  @Override
  public StackedModel frozen() {
    return StackedModel.owning(weights.view());
  }

  @Override
  public void write(Path folder, Optional<ScalarHead> head) {
    TunedFolder.write(folder, weights, source, head);
  }

  @Override
  public void close() {
    lanes.forEach(TrainableWeights.Lane::close);
    weights.close();
  }
}
