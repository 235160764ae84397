package io.arete.engine.nn;

import java.util.List;

/** The low-rank additions that are active in one forward pass. */
@FunctionalInterface
public interface Adapters {

  /** No additions: the plain base. */
  Adapters NONE = (layer, group) -> List.of();

  /** Additions to one group of linear layers of one block, in the order of the stack. */
  List<LowRank> at(int layer, LinearGroup group);
}
