package io.arete.rlaif.training;

import io.arete.engine.adapter.StackedModel;
import io.arete.engine.convert.TunedFolder;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.TrainableWeights;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.FlatParameters;
import io.arete.engine.tensor.Lanes;
import io.arete.engine.train.Backpropagation;
import io.arete.engine.train.TrunkPass;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** All weights of a model, in float32. */
final class WholeTrainee implements Trainee {

  private final TrainableWeights weights;
  private final Path source;
  private final WholeLanes lanes;

  /**
   * Over weights, which are closed with this.
   *
   * @param source the folder that they came from
   */
  WholeTrainee(TrainableWeights weights, Path source, Backpropagation backpropagation) {
    this.weights = weights;
    this.source = source;
    this.lanes =
        new WholeLanes(
            weights, Lanes.count(weights.parameters().values().device()), backpropagation);
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
    return lanes.count();
  }

  @Override
  public <R> List<R> learn(List<LearningPass<R>> passes) {
    return lanes.learn(passes);
  }

  /** None: passes are learned from in lanes, each with a graph of its own. */
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
    lanes.close();
    weights.close();
  }
}
