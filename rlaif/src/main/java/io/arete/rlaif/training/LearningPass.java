package io.arete.rlaif.training;

import io.arete.engine.CountedRandom;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.train.TrunkPass;
import java.util.List;
import java.util.Optional;

/**
 * A pass that something is learned from.
 *
 * @param forest what is read
 * @param dropout key of the dropout masks; none without dropout
 * @param done the forward pass, if it was done before; it is good for one way back
 * @param reading what is made of it
 * @param <R> what a pass says
 */
public record LearningPass<R>(
    Forest forest, Optional<CountedRandom> dropout, Optional<TrunkPass> done, Reading<R> reading) {

  /** A pass without dropout. */
  public static <R> LearningPass<R> of(Forest forest, Reading<R> reading) {
    return new LearningPass<>(forest, Optional.empty(), Optional.empty(), reading);
  }

  /**
   * Who learns: what its hidden states are read with. Gradients of norm, head and scalar heads are
   * collected where these are trained.
   *
   * @param heads the scalar heads, in their order
   */
  public record Learner(DecoderModel model, List<ScalarHead> heads) {}

  /** Reads a pass; several may be read at once, each on a thread of its own. */
  @FunctionalInterface
  public interface Reading<R> {

    /**
     * What the pass says, and what goes back.
     *
     * @param hidden {@code [tokens, hidden]}, before the final normalisation
     */
    Learned<R> of(Learner learner, Tensor hidden);
  }

  /**
   * What was read.
   *
   * @param said for the caller
   * @param hiddenGradient {@code ∂loss/∂hidden [tokens, hidden]}
   */
  public record Learned<R>(R said, Tensor hiddenGradient) {}
}
