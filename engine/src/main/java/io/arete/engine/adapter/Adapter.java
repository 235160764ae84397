package io.arete.engine.adapter;

import io.arete.engine.CountedRandom;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.nn.BlockShape;
import io.arete.engine.nn.LinearGroup;
import io.arete.engine.nn.LowRank;
import io.arete.engine.nn.Projection;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.FlatParameters;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One low-rank adapter, with a scalar head if it belongs to a reward model or a critic. */
public final class Adapter implements AutoCloseable {

  /** Parameter name of the scalar head. */
  public static final String HEAD = "score.weight";

  private final LoraConfig config;
  private final BlockShape shape;
  private final FlatParameters parameters;

  private Adapter(LoraConfig config, BlockShape shape, FlatParameters parameters) {
    this.config = config;
    this.shape = shape;
    this.parameters = parameters;
  }

  /** An adapter that changes nothing yet: all zeros. The caller closes it. */
  public static Adapter zeros(
      LoraConfig config, ModelConfig model, boolean withHead, Device device) {
    return new Adapter(
        config, model.shape(), new FlatParameters(device, shapes(config, model, withHead)));
  }

  /** Names and shapes of an adapter's parameters, before any memory is taken. */
  static Map<String, long[]> shapes(LoraConfig config, ModelConfig model, boolean withHead) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (int layer = 0; layer < model.layers(); layer++) {
      for (Projection projection : Projection.values()) {
        if (config.targets().contains(projection)) {
          shapes.put(
              down(layer, projection),
              new long[] {config.rank(), model.shape().inputs(projection)});
          shapes.put(
              up(layer, projection), new long[] {model.shape().outputs(projection), config.rank()});
        }
      }
    }
    if (withHead) {
      shapes.put(HEAD, new long[] {1, model.shape().hidden()});
    }
    return shapes;
  }

  /**
   * A fresh adapter: A uniform in ±1/√in as PEFT draws it, B zero, so that it changes nothing at
   * first; the head, if any, is zero too.
   */
  public static Adapter fresh(
      LoraConfig config, ModelConfig model, boolean withHead, long seed, Device device) {
    Adapter adapter = zeros(config, model, withHead, device);
    try (Scope scope = Scope.open()) {
      CountedRandom draws = CountedRandom.of(seed);
      for (String name : adapter.parameters.names()) {
        if (name.endsWith(".lora_A.weight")) {
          Tensor values = adapter.parameters.get(name);
          double bound = 1 / Math.sqrt((double) values.size(1));
          values.copyInPlace(
              Tensors.uniform(
                  device, draws.at(name).bits(0), -bound, bound, values.size(0), values.size(1)));
        }
      }
    }
    return adapter;
  }

  /** Settings. */
  public LoraConfig config() {
    return config;
  }

  /** The weights by name, such as {@code model.layers.0.self_attn.q_proj.lora_A.weight}. */
  public FlatParameters parameters() {
    return parameters;
  }

  /** The scalar head, if there is one. */
  public Optional<ScalarHead> head() {
    return parameters.has(HEAD)
        ? Optional.of(new ScalarHead(parameters.get(HEAD)))
        : Optional.empty();
  }

  /**
   * This adapter's addition to a group of layers, or nothing if it has none there. Gradients flow
   * into the weights if they are trained.
   *
   * @param dropout share to drop now: 0 outside of training
   */
  public Optional<LowRank> at(int layer, LinearGroup group, double dropout, long seed) {
    List<Tensor> downs = new ArrayList<>();
    List<Tensor> ups = new ArrayList<>();
    long before = 0;
    long width = group.projections().stream().mapToLong(shape::outputs).sum();
    for (Projection projection : group.projections()) {
      long outputs = shape.outputs(projection);
      if (config.targets().contains(projection)) {
        downs.add(parameters.get(down(layer, projection)));
        Tensor up = parameters.get(up(layer, projection)).transpose(0, 1).mul(config.scaling());
        ups.add(widen(up, before, width - before - outputs));
      }
      before += outputs;
    }
    return downs.isEmpty()
        ? Optional.empty()
        : Optional.of(new LowRank(Tensor.cat(downs, 0), Tensor.cat(ups, 0), dropout, seed));
  }

  private static Tensor widen(Tensor up, long before, long after) {
    List<Tensor> parts = new ArrayList<>();
    if (before > 0) {
      parts.add(Tensors.zeros(up.device(), Dtype.FLOAT32, up.size(0), before));
    }
    parts.add(up);
    if (after > 0) {
      parts.add(Tensors.zeros(up.device(), Dtype.FLOAT32, up.size(0), after));
    }
    return Tensor.cat(parts, 1);
  }

  static String down(int layer, Projection projection) {
    return "model.layers." + layer + "." + projection.moduleName() + ".lora_A.weight";
  }

  static String up(int layer, Projection projection) {
    return "model.layers." + layer + "." + projection.moduleName() + ".lora_B.weight";
  }

  @Override
  public void close() {
    parameters.close();
  }
}
