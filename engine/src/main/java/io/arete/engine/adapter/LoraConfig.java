package io.arete.engine.adapter;

import io.arete.engine.nn.Projection;
import java.util.EnumSet;
import java.util.Set;

/**
 * Settings of a low-rank adapter.
 *
 * @param rank r, at least 1
 * @param scaling factor of the low-rank product: α / r, or α / √r with rsLoRA
 * @param dropout share of the input set to 0 while training, in [0, 1)
 * @param targets adapted layers, at least one
 */
public record LoraConfig(int rank, double scaling, double dropout, Set<Projection> targets) {

  /** Checks the ranges. */
  public LoraConfig {
    if (rank < 1 || rank > 4096) {
      throw new IllegalArgumentException("rank " + rank + " must be 1 to 4096");
    }
    if (!(scaling > 0) || !Double.isFinite(scaling)) {
      throw new IllegalArgumentException("scaling " + scaling + " must be a positive number");
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout " + dropout + " must be in [0, 1)");
    }
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("an adapter needs at least one target layer");
    }
    targets = Set.copyOf(targets);
  }

  /** The usual form: scaling α / r. */
  public static LoraConfig of(int rank, double alpha, double dropout, Set<Projection> targets) {
    return new LoraConfig(rank, alpha / rank, dropout, EnumSet.copyOf(targets));
  }

  /** α as PEFT writes it, for scaling α / r. */
  public double alpha() {
    return scaling * rank;
  }
}
