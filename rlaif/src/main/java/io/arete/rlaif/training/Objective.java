package io.arete.rlaif.training;

import io.arete.engine.forest.Forest;
import io.arete.engine.tensor.Tensor;
import io.arete.rlaif.training.LearningPass.Learned;
import io.arete.rlaif.training.LearningPass.Learner;
import java.util.List;
import java.util.Map;

/**
 * What is learned: how examples become sequences, and what a pass over them says.
 *
 * @param <E> an example, such as a conversation or a pair
 */
public interface Objective<E> {

  /** The example's name in messages. */
  String name(E example);

  /** The example's token sequences; they always stand in one pass. */
  List<int[]> sequences(E example);

  /** How much the example counts in the batch's mean: its tokens, or its pairs' weights. */
  double weight(E example);

  /**
   * Reads a pass.
   *
   * @param learner who computed it
   * @param examples of the pass, in the order of the forest's sequences
   * @param forest of all their sequences
   * @param hidden {@code [tokens, hidden]}, before the final normalisation
   * @param batchWeight sum of {@link #weight} over the whole batch, which the loss is divided by
   */
  Learned<PassResult> pass(
      Learner learner, List<E> examples, Forest forest, Tensor hidden, double batchWeight);

  /**
   * What a pass contributes.
   *
   * @param loss its part of the batch's mean loss
   * @param others parts of other means of the batch, by name
   */
  record PassResult(double loss, Map<String, Double> others) {}
}
