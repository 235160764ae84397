package io.arete.engine.train;

/** A formula's derivative: from values to {@code ∂loss/∂value}, element by element. */
@FunctionalInterface
public interface Derivative {

  /**
   * Derivatives for some of the values of a pass.
   *
   * @param first index of {@code values[0]} among all values of the pass
   * @param values log-probabilities or scores, in order
   * @return one derivative for each
   */
  double[] at(int first, double[] values);
}
