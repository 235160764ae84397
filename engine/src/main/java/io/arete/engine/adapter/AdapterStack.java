package io.arete.engine.adapter;

import io.arete.engine.CountedRandom;
import io.arete.engine.nn.Adapters;
import io.arete.engine.nn.LowRank;
import io.arete.engine.tensor.Dtype;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of adapters over a base, lowest first. It borrows the adapters.
 *
 * @param adapters lowest first; the last is the one that is trained, if any is
 */
public record AdapterStack(List<Adapter> adapters) {

  /** The plain base. */
  public static final AdapterStack BASE = new AdapterStack(List.of());

  /** Copies the list. */
  public AdapterStack {
    adapters = List.copyOf(adapters);
  }

  /** This stack with one adapter more on top. */
  public AdapterStack with(Adapter top) {
    List<Adapter> all = new ArrayList<>(adapters);
    all.add(top);
    return new AdapterStack(all);
  }

  /** The top adapter. */
  public Adapter top() {
    return adapters.get(adapters.size() - 1);
  }

  /** This stack without its top. */
  public AdapterStack below() {
    return new AdapterStack(adapters.subList(0, adapters.size() - 1));
  }

  /** A snapshot for inference in the base's element type. The caller closes it. */
  public FrozenStack frozen(int layers, Dtype dtype) {
    return new FrozenStack(adapters, layers, dtype);
  }

  /**
   * The argument of a training pass: what is below stays as it is, the top is live. Its weights and
   * their gradients are float32; its products are computed in the element type of what is below.
   *
   * @param below this stack's {@link #below()}, frozen in the base's element type
   * @param dropoutKey key of this pass's dropout masks, or null for no dropout
   */
  public Adapters training(FrozenStack below, @Nullable CountedRandom dropoutKey) {
    Adapter top = top();
    double dropout = dropoutKey == null ? 0 : top.config().dropout();
    return (layer, group) -> {
      List<LowRank> additions = new ArrayList<>(below.at(layer, group));
      long seed = dropoutKey == null ? 0 : dropoutKey.at(layer).at(group.name()).bits(0);
      top.at(layer, group, dropout, seed)
          .ifPresent(addition -> additions.add(addition.to(below.dtype())));
      return dropout == 0 && additions.size() > 1 ? List.of(LowRank.joined(additions)) : additions;
    };
  }
}
