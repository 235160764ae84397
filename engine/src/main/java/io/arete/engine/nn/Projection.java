package io.arete.engine.nn;

import java.util.Locale;

/**
 * The linear layers of a decoder block that an adapter may touch. A family has some of them: three
 * projections before attention or one fused, a gate or none.
 */
public enum Projection {
  Q(LinearGroup.QKV),
  K(LinearGroup.QKV),
  V(LinearGroup.QKV),
  /** Queries, keys and values by one layer, which an adapter can only touch as a whole. */
  QKV(LinearGroup.QKV),
  O(LinearGroup.OUT),
  GATE(LinearGroup.GATE_UP),
  UP(LinearGroup.GATE_UP),
  DOWN(LinearGroup.DOWN);

  private final LinearGroup group;

  Projection(LinearGroup group) {
    this.group = group;
  }

  /** With which others it is computed. */
  public LinearGroup group() {
    return group;
  }

  /** Name in recipes, such as {@code q}. */
  public String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
