package io.arete.engine.train;

import io.arete.engine.tensor.Tensor;

/**
 * What was read from a pass, and what goes back.
 *
 * @param values log-probabilities or scores, in the order asked for
 * @param hiddenGradient {@code ∂loss/∂hidden [tokens, hidden]}, float32
 */
public record Readout(double[] values, Tensor hiddenGradient) {}
