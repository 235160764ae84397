package io.arete.engine.nn;

import io.arete.engine.tensor.Tensor;

/** What the positions of one pass do to queries and keys. */
@FunctionalInterface
public interface Turn {

  /** {@code [tokens, heads, width] → [tokens, heads, width]}. */
  Tensor turn(Tensor heads);
}
