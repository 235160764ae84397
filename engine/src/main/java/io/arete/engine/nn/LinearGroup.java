package io.arete.engine.nn;

/**
 * Projections that read the same input and are computed as one product, their outputs side by side
 * in the order of {@link Projection}.
 */
public enum LinearGroup {
  /** Queries, keys and values. */
  QKV,
  /** The output of attention. */
  OUT,
  /** The first product of the MLP: gate and up, or up alone. */
  GATE_UP,
  /** The second product of the MLP. */
  DOWN
}
