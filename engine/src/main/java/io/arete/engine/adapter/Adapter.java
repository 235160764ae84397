package io.arete.engine.adapter;

import io.arete.engine.CountedRandom;
import io.arete.engine.model.ClassifierJson;
import io.arete.engine.model.ModelConfig;
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
import java.util.TreeSet;

/** One low-rank adapter, with scalar heads if it belongs to reward models or a critic. */
public final class Adapter implements AutoCloseable {

  /** Parameter name of the scalar heads, {@code [heads, hidden]}. */
  public static final String HEAD = ClassifierJson.SCORE;

  private final LoraConfig config;
  private final ModelConfig model;
  private final FlatParameters parameters;

  private Adapter(LoraConfig config, ModelConfig model, FlatParameters parameters) {
    this.config = config;
    this.model = model;
    this.parameters = parameters;
  }

  /**
   * An adapter that changes nothing yet: all zeros. The caller closes it.
   *
   * @throws IllegalArgumentException if the model lacks a layer that the adapter is for
   */
  public static Adapter zeros(LoraConfig config, ModelConfig model, int heads, Device device) {
    return new Adapter(config, model, new FlatParameters(device, shapes(config, model, heads)));
  }

  /** Names and shapes of an adapter's parameters, before any memory is taken. */
  static Map<String, long[]> shapes(LoraConfig config, ModelConfig model, int heads) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (int layer = 0; layer < model.layers(); layer++) {
      for (Projection projection : new TreeSet<>(config.targets())) {
        shapes.put(
            down(model, layer, projection),
            new long[] {config.rank(), model.shape().inputs(projection)});
        shapes.put(
            up(model, layer, projection),
            new long[] {model.shape().outputs(projection), config.rank()});
      }
    }
    if (heads > 0) {
      shapes.put(HEAD, new long[] {heads, model.shape().hidden()});
    }
    return shapes;
  }

  /**
   * A fresh adapter: A uniform in ±1/√in as PEFT draws it, B zero, so that it changes nothing at
   * first; heads, if any, are zero too.
   */
  public static Adapter fresh(
      LoraConfig config, ModelConfig model, int heads, long seed, Device device) {
    Adapter adapter = zeros(config, model, heads, device);
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

  /** What it is an adapter of. */
  public ModelConfig model() {
    return model;
  }

  /** The weights by name, such as {@code model.layers.0.self_attn.q_proj.lora_A.weight}. */
  public FlatParameters parameters() {
    return parameters;
  }

  /** The scalar heads, in their order; none for a language model's adapter. */
  public List<ScalarHead> heads() {
    List<ScalarHead> heads = new ArrayList<>();
    if (parameters.has(HEAD)) {
      Tensor all = parameters.get(HEAD);
      for (long i = 0; i < all.size(0); i++) {
        heads.add(new ScalarHead(all.narrow(0, i, 1)));
      }
    }
    return heads;
  }

  /**
   * The scalar head, if there is just one.
   *
   * @throws IllegalStateException if there are several: which one is meant must be said
   */
  public Optional<ScalarHead> head() {
    if (!parameters.has(HEAD)) {
      return Optional.empty();
    }
    Tensor weight = parameters.get(HEAD);
    if (weight.size(0) != 1) {
      throw new IllegalStateException("the adapter has " + weight.size(0) + " heads, not one");
    }
    return Optional.of(new ScalarHead(weight));
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
    List<Projection> members = model.family().members(group);
    long before = 0;
    long width = members.stream().mapToLong(model.shape()::outputs).sum();
    for (Projection projection : members) {
      long outputs = model.shape().outputs(projection);
      if (config.targets().contains(projection)) {
        downs.add(parameters.get(down(model, layer, projection)));
        Tensor up =
            parameters.get(up(model, layer, projection)).transpose(0, 1).mul(config.scaling());
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

  static String down(ModelConfig model, int layer, Projection projection) {
    return model.family().module(layer, projection) + ".lora_A.weight";
  }

  static String up(ModelConfig model, int layer, Projection projection) {
    return model.family().module(layer, projection) + ".lora_B.weight";
  }

  @Override
  public void close() {
    parameters.close();
  }
}
