package io.arete.engine.nn;

import java.util.List;

/** Projections that read the same input and are computed as one product. */
public enum LinearGroup {
  QKV,
  OUT,
  GATE_UP,
  DOWN;

  /** Members, in the order in which their outputs lie side by side. */
  public List<Projection> projections() {
    return switch (this) {
      case QKV -> List.of(Projection.Q, Projection.K, Projection.V);
      case OUT -> List.of(Projection.O);
      case GATE_UP -> List.of(Projection.GATE, Projection.UP);
      case DOWN -> List.of(Projection.DOWN);
    };
  }
}
