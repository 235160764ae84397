package io.arete.engine.train;

import io.arete.engine.CountedRandom;
import io.arete.engine.nn.Adapters;
import io.arete.engine.nn.LinearGroup;
import io.arete.engine.nn.LowRank;
import io.arete.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The additions of one pass, made once for all its lanes; what the lanes' leaves collected flows on
 * through here into the adapter's weights.
 */
final class SharedAdditions {

  private final List<Map<LinearGroup, List<LowRank>>> layers = new ArrayList<>();

  private SharedAdditions() {}

  static SharedAdditions of(Adapters adapters, int layerCount) {
    SharedAdditions shared = new SharedAdditions();
    for (int layer = 0; layer < layerCount; layer++) {
      Map<LinearGroup, List<LowRank>> groups = new EnumMap<>(LinearGroup.class);
      for (LinearGroup group : LinearGroup.values()) {
        groups.put(group, adapters.at(layer, group));
      }
      shared.layers.add(groups);
    }
    return shared;
  }

  /** The same additions as leaves of a lane's own, with dropout masks of its own. */
  LaneAdditions lane(int lane) {
    List<Map<LinearGroup, List<LowRank>>> leaves = new ArrayList<>();
    for (Map<LinearGroup, List<LowRank>> groups : layers) {
      Map<LinearGroup, List<LowRank>> copy = new EnumMap<>(LinearGroup.class);
      groups.forEach(
          (group, additions) ->
              copy.put(group, additions.stream().map(one -> leaf(one, lane)).toList()));
      leaves.add(copy);
    }
    return new LaneAdditions(leaves);
  }

  private static LowRank leaf(LowRank addition, int lane) {
    if (!addition.down().recorded()) {
      return addition;
    }
    return new LowRank(
        addition.down().detach().requireGradient(),
        addition.up().detach().requireGradient(),
        addition.dropout(),
        lane == 0 ? addition.seed() : CountedRandom.of(addition.seed()).at(lane).bits(0));
  }

  /** Sends the sums of the lanes' gradients on, lane by lane in their order. */
  void collect(List<LaneAdditions> lanes) {
    for (int layer = 0; layer < layers.size(); layer++) {
      for (Map.Entry<LinearGroup, List<LowRank>> entry : layers.get(layer).entrySet()) {
        for (int i = 0; i < entry.getValue().size(); i++) {
          collect(entry.getValue().get(i), leaves(lanes, layer, entry.getKey(), i));
        }
      }
    }
  }

  private static List<LowRank> leaves(
      List<LaneAdditions> lanes, int layer, LinearGroup group, int index) {
    return lanes.stream().map(lane -> lane.at(layer, group).get(index)).toList();
  }

  private static void collect(LowRank addition, List<LowRank> leaves) {
    if (addition.down().recorded()) {
      addition.down().backward(sum(leaves.stream().map(LowRank::down).toList()));
      addition.up().backward(sum(leaves.stream().map(LowRank::up).toList()));
    }
  }

  private static Tensor sum(List<Tensor> leaves) {
    return leaves.stream().map(Tensor::gradient).reduce(Tensor::add).orElseThrow();
  }

  /** A lane's additions. */
  record LaneAdditions(List<Map<LinearGroup, List<LowRank>>> layers) implements Adapters {

    @Override
    public List<LowRank> at(int layer, LinearGroup group) {
      return Objects.requireNonNull(layers.get(layer).get(group));
    }
  }
}
