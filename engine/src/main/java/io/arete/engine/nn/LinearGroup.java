package io.arete.engine.nn;

import java.util.List;

/** Projections that read the same input and are computed as one product. */
public enum LinearGroup {
  QKV(Projection.Q, Projection.K, Projection.V),
  OUT(Projection.O),
  GATE_UP(Projection.GATE, Projection.UP),
  DOWN(Projection.DOWN);

  private final List<Projection> projections;

  LinearGroup(Projection... projections) {
    this.projections = List.of(projections);
  }

  /** Members, in the order in which their outputs lie side by side. */
  public List<Projection> projections() {
    return projections;
  }
}
