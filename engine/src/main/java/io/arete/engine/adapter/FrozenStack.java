package io.arete.engine.adapter;

import io.arete.engine.nn.Adapters;
import io.arete.engine.nn.LinearGroup;
import io.arete.engine.nn.LowRank;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Several adapters as one, by rank concatenation: their products side by side are one product of
 * rank Σ rᵢ, so that a deep stack costs what one adapter costs. A snapshot: later changes of the
 * adapters do not show.
 */
public final class FrozenStack implements Adapters, AutoCloseable {

  private final List<Map<LinearGroup, List<LowRank>>> layers = new ArrayList<>();
  private final Dtype dtype;

  /**
   * Joins the adapters.
   *
   * @param dtype element type of the additions: the base's, or float32
   */
  public FrozenStack(List<Adapter> adapters, int layerCount, Dtype dtype) {
    this.dtype = dtype;
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      for (int layer = 0; layer < layerCount; layer++) {
        Map<LinearGroup, List<LowRank>> groups = new EnumMap<>(LinearGroup.class);
        for (LinearGroup group : LinearGroup.values()) {
          groups.put(group, join(adapters, layer, group, dtype));
        }
        layers.add(groups);
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Element type of the additions. */
  Dtype dtype() {
    return dtype;
  }

  @Override
  public List<LowRank> at(int layer, LinearGroup group) {
    return layers.get(layer).getOrDefault(group, List.of());
  }

  /** Whether both add the same to every layer. */
  boolean addsTheSameAs(FrozenStack other) {
    for (int layer = 0; layer < layers.size(); layer++) {
      for (LinearGroup group : LinearGroup.values()) {
        List<LowRank> ours = at(layer, group);
        List<LowRank> theirs = other.at(layer, group);
        if (ours.size() != theirs.size()) {
          return false;
        }
        for (int i = 0; i < ours.size(); i++) {
          if (!same(ours.get(i).down(), theirs.get(i).down())
              || !same(ours.get(i).up(), theirs.get(i).up())) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static boolean same(Tensor one, Tensor other) {
    return Arrays.equals(one.shape(), other.shape())
        && Arrays.equals(one.toFloats(), other.toFloats());
  }

  private static List<LowRank> join(
      List<Adapter> adapters, int layer, LinearGroup group, Dtype dtype) {
    List<Tensor> downs = new ArrayList<>();
    List<Tensor> ups = new ArrayList<>();
    for (Adapter adapter : adapters) {
      Optional<LowRank> part = adapter.at(layer, group, 0, 0);
      part.ifPresent(
          lowRank -> {
            downs.add(lowRank.down());
            ups.add(lowRank.up());
          });
    }
    if (downs.isEmpty()) {
      return List.of();
    }
    return List.of(
        new LowRank(
            snapshot(Tensor.cat(downs, 0), dtype), snapshot(Tensor.cat(ups, 0), dtype), 0, 0));
  }

  private static Tensor snapshot(Tensor tensor, Dtype dtype) {
    return tensor.to(dtype).detach().copy().own();
  }

  @Override
  public void close() {
    for (Map<LinearGroup, List<LowRank>> groups : layers) {
      for (List<LowRank> additions : groups.values()) {
        for (LowRank addition : additions) {
          addition.down().close();
          addition.up().close();
        }
      }
    }
  }
}
