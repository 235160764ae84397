package io.arete.rlaif.training;

import io.arete.engine.adapter.StackedModel;
import io.arete.engine.forest.Forest;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.FlatParameters;
import io.arete.engine.train.TrunkPass;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What training moves: an adapter over a frozen model, or all weights of a model. */
public sealed interface Trainee extends AutoCloseable permits AdapterTrainee, WholeTrainee {

  /** What the optimizer moves. */
  FlatParameters parameters();

  /** The scalar heads, in their order: parts of the parameters. */
  List<ScalarHead> heads();

  /** How many passes are worth making of a batch, for they run side by side. */
  int lanes();

  /** Goes through passes, forward and back, and adds to the gradients; what each said, in order. */
  <R> List<R> learn(List<LearningPass<R>> passes);

  /**
   * A forward pass to be kept for {@link LearningPass#done}, in the caller's scope, if it can be.
   */
  Optional<TrunkPass> forward(Forest forest);

  /** The model as it is now, for inference. The caller closes it before the next step. */
  StackedModel frozen();

  /**
   * Writes the model for others, whole or not at all: an adapter on the plain base in PEFT form, or
   * a model folder.
   *
   * @param head the scalar head that is written with it, if any
   */
  void write(Path folder, Optional<ScalarHead> head);

  @Override
  void close();
}
