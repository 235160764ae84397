package io.arete.engine.model;

import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.forest.Forest;
import io.arete.engine.forest.ForestParts;
import io.arete.engine.nn.Adapters;
import io.arete.engine.nn.Attention;
import io.arete.engine.nn.DecoderBlock;
import io.arete.engine.nn.ForestAttention;
import io.arete.engine.nn.Linear;
import io.arete.engine.nn.LinearGroup;
import io.arete.engine.nn.LinearWeight;
import io.arete.engine.nn.Projection;
import io.arete.engine.nn.RmsNorm;
import io.arete.engine.nn.Rotary;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Lanes;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The frozen base: embedding, blocks, final normalisation, head. All stacks of adapters share it,
 * and any number of threads.
 */
public final class DecoderModel implements AutoCloseable {

  private final ModelConfig config;
  private final Dtype dtype;
  private final Device device;
  private final Tensor embedding;
  private final List<DecoderBlock> blocks;
  private final RmsNorm norm;
  private final Linear head;

  private DecoderModel(
      ModelConfig config,
      Dtype dtype,
      Device device,
      Tensor embedding,
      List<DecoderBlock> blocks,
      RmsNorm norm,
      Linear head) {
    this.config = config;
    this.dtype = dtype;
    this.device = device;
    this.embedding = embedding.own();
    this.blocks = blocks;
    this.norm = norm;
    this.head = head;
  }

  /** Loads a model folder with dense weights; see {@link #load(Path, BaseForm, Dtype, Device)}. */
  public static DecoderModel load(Path folder, Dtype dtype, Device device) {
    return load(folder, BaseForm.DENSE, dtype, device);
  }

  /**
   * Loads a model folder.
   *
   * @param form in which linear layers are held; they are quantised one tensor after the other
   * @param dtype element type of all else in memory and of the computation, whatever the file has
   * @throws AreteException if the folder is not a complete model of a known form
   */
  public static DecoderModel load(Path folder, BaseForm form, Dtype dtype, Device device) {
    ModelConfig config = ModelConfigReader.read(folder);
    boolean quantised = QuantizationConfig.saysNf4(folder);
    try (ModelFolder files = ModelFolder.open(folder);
        Scope scope = Scope.open()) {
      StoredNf4 stored = new StoredNf4(files, quantised);
      WeightLoader weights = new WeightLoader(files, stored, form, dtype, device);
      // Before any weight is read: a small file may go with a config.json that claims a huge model.
      WeightShapes.of(config).forEach(weights::require);
      return assemble(weights, config);
    }
  }

  static DecoderModel assemble(WeightSource weights, ModelConfig config) {
    int hidden = config.shape().hidden();
    Tensor embedding = weights.load(WeightShapes.EMBEDDING, config.vocabulary(), hidden);
    Tensor norm = weights.load(WeightShapes.NORM, hidden);
    Tensor head =
        config.tiedHead()
            ? embedding
            : weights.load(WeightShapes.HEAD, config.vocabulary(), hidden);
    List<DecoderBlock> blocks = new ArrayList<>();
    try {
      for (int layer = 0; layer < config.layers(); layer++) {
        try (Scope step = Scope.open()) {
          blocks.add(block(weights, config, layer));
        }
      }
    } catch (RuntimeException e) {
      blocks.forEach(DecoderBlock::close);
      throw e;
    }
    return new DecoderModel(
        config,
        weights.dtype(),
        weights.device(),
        embedding,
        blocks,
        new RmsNorm(norm, config.normEpsilon()),
        new Linear(head, null));
  }

  /** What config.json says. */
  public ModelConfig config() {
    return config;
  }

  /** Element type of weights and activations. */
  public Dtype dtype() {
    return dtype;
  }

  /** Where the weights are. */
  public Device device() {
    return device;
  }

  /**
   * Hidden states of a forest before the final normalisation, {@code [tokens, hidden]}, without a
   * graph. Parts of the forest are computed side by side.
   */
  public Tensor read(Forest forest, Adapters adapters) {
    ForestParts parts = ForestParts.of(forest, Lanes.count(device));
    try (NoGrad still = NoGrad.open()) {
      if (parts.forests().size() == 1) {
        return trunk(forest, adapters);
      }
      List<Callable<Tensor>> work = new ArrayList<>();
      for (Forest part : parts.forests()) {
        work.add(
            () -> {
              try (Scope scope = Scope.open()) {
                return trunk(part, adapters).own();
              }
            });
      }
      List<Tensor> hidden = Lanes.run(work).stream().map(Tensor::adopt).toList();
      return Tensor.cat(hidden, 0).indexSelect(0, Tensors.indices(device, parts.rows()));
    }
  }

  /** As {@link #read}, on the calling thread, and recorded where gradients are wanted. */
  public Tensor trunk(Forest forest, Adapters adapters) {
    Attention attention = new ForestAttention(forest, config.queryGroups(), device);
    return trunk(forest.ids(), forest.positions(), attention, adapters);
  }

  /**
   * Hidden states before the final normalisation.
   *
   * @param ids token ids, {@code [tokens]}
   * @param positions position of each in its sequence
   * @return {@code [tokens, hidden]}
   * @throws AreteException if an id or a position is out of the model's range
   */
  public Tensor trunk(int[] ids, int[] positions, Attention attention, Adapters adapters) {
    checkRange(ids, positions);
    Rotary rotary =
        Rotary.at(
            positions,
            config.shape().headWidth(),
            config.rotaryBase(),
            config.rotaryScaling(),
            dtype,
            device);
    Tensor hidden = embedding.embedding(Tensors.indices(device, ids));
    for (DecoderBlock block : blocks) {
      // What a block makes on its way is freed behind it; a graph keeps what it needs.
      try (Scope step = Scope.open()) {
        hidden = step.keep(block.forward(hidden, rotary, attention, adapters));
      }
    }
    return hidden;
  }

  /** Final normalisation in the base's element type: what the head reads. */
  public Tensor norm(Tensor rows) {
    return norm.forward(rows);
  }

  /** Final normalisation in float32: what scalar heads read. */
  public Tensor normWide(Tensor rows) {
    return norm.forwardWide(rows);
  }

  /** Logits of normalised rows in float32, {@code [rows, vocabulary]}. */
  public Tensor logits(Tensor normed) {
    return head.forward(normed, List.of()).to(Dtype.FLOAT32);
  }

  /** As {@link #logits}, for a step of generation: nothing is recorded. */
  public Tensor nextLogits(Tensor normed) {
    return head.decode(normed, List.of()).to(Dtype.FLOAT32);
  }

  private void checkRange(int[] ids, int[] positions) {
    int longest = Arrays.stream(positions).max().orElse(0) + 1;
    if (longest > config.maxPositions()) {
      throw new AreteException(
          "a text of "
              + longest
              + " tokens is longer than the model's context of "
              + config.maxPositions()
              + "; shorten it or choose another model");
    }
    for (int id : ids) {
      if (id < 0 || id >= config.vocabulary()) {
        throw new AreteException(
            "token id "
                + id
                + " is outside of the model's vocabulary, 0 to "
                + (config.vocabulary() - 1));
      }
    }
  }

  private static DecoderBlock block(WeightSource weights, ModelConfig config, int layer) {
    int hidden = config.shape().hidden();
    String prefix = WeightShapes.prefix(layer);
    Tensor attentionNorm = weights.load(prefix + WeightShapes.ATTENTION_NORM, hidden);
    Tensor mlpNorm = weights.load(prefix + WeightShapes.MLP_NORM, hidden);
    Map<LinearGroup, Linear> linears = new EnumMap<>(LinearGroup.class);
    try {
      for (LinearGroup group : LinearGroup.values()) {
        linears.put(group, linear(weights, config, layer, group));
      }
    } catch (RuntimeException e) {
      linears.values().forEach(Linear::close);
      throw e;
    }
    return new DecoderBlock(
        layer,
        config.shape(),
        new RmsNorm(attentionNorm, config.normEpsilon()),
        new RmsNorm(mlpNorm, config.normEpsilon()),
        linears);
  }

  private static Linear linear(
      WeightSource weights, ModelConfig config, int layer, LinearGroup group) {
    List<Projection> projections = group.projections();
    LinearWeight weight =
        weights.linear(
            projections.stream().map(one -> WeightShapes.weight(layer, one)).toList(),
            projections.stream().map(one -> WeightShapes.weightShape(config, one)).toList());
    if (!WeightShapes.biased(config, group)) {
      return new Linear(weight, null);
    }
    try {
      Tensor bias =
          weights.fused(
              projections.stream().map(one -> WeightShapes.bias(layer, one)).toList(),
              projections.stream().map(one -> WeightShapes.biasShape(config, one)).toList());
      return new Linear(weight, bias);
    } catch (RuntimeException e) {
      weight.close();
      throw e;
    }
  }

  @Override
  public void close() {
    embedding.close();
    blocks.forEach(DecoderBlock::close);
    norm.close();
    head.close();
  }
}
