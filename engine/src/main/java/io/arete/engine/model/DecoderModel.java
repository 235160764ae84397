package io.arete.engine.model;

import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.forest.Forest;
import io.arete.engine.nn.Adapters;
import io.arete.engine.nn.Attention;
import io.arete.engine.nn.DecoderBlock;
import io.arete.engine.nn.ForestAttention;
import io.arete.engine.nn.Linear;
import io.arete.engine.nn.Norm;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.nn.Turn;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Lanes;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The frozen base: embedding (and positions, if they are learned), blocks, final normalisation,
 * head. All stacks of adapters share it, and any number of threads.
 */
public final class DecoderModel implements AutoCloseable {

  /** Weights of a layer whose products are worth sharing out among threads one by one. */
  private static final long LARGE_LAYER = 1L << 24;

  private final ModelConfig config;
  private final boolean quantised;
  private final boolean trained;
  private final Dtype dtype;
  private final Device device;
  private final Tensor embedding;
  private final Optional<Tensor> places;
  private final List<DecoderBlock> blocks;
  private final Norm norm;
  private final Optional<Linear> head;
  private final Optional<ScalarHead> score;

  private DecoderModel(
      ModelConfig config,
      boolean quantised,
      boolean trained,
      Dtype dtype,
      Device device,
      Tensor embedding,
      Optional<Tensor> places,
      List<DecoderBlock> blocks,
      Norm norm,
      Optional<Linear> head,
      Optional<Tensor> score) {
    this.config = config;
    this.quantised = quantised;
    this.trained = trained;
    this.dtype = dtype;
    this.device = device;
    this.embedding = embedding.own();
    this.places = places.map(Tensor::own);
    this.blocks = blocks;
    this.norm = norm;
    this.head = head;
    this.score = score.map(weight -> new ScalarHead(weight.own()));
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
    if (quantised || form != BaseForm.DENSE) {
      QuantizationConfig.requireComputed(config, folder);
    }
    try (ModelFolder files = ModelFolder.open(folder);
        Scope scope = Scope.open()) {
      WeightNames names = config.family().names();
      WeightLoader weights =
          new WeightLoader(
              files, names.base(), new StoredNf4(files, quantised), form, dtype, device);
      // Before any weight is read: a small file may go with a config.json that claims a huge model.
      weights.require(new WeightShapes(config).all(), names::inBlocks);
      return assemble(weights, config);
    }
  }

  static DecoderModel assemble(WeightSource weights, ModelConfig config) {
    WeightNames names = config.family().names();
    WeightShapes shapes = new WeightShapes(config);
    BlockWeights parts = new BlockWeights(weights, config);
    Tensor embedding = weights.load(shapes.embedding());
    Optional<Tensor> places = names.positions().map(table -> weights.load(shapes.positions(table)));
    boolean scores = config.head() == ModelConfig.Head.SCORE;
    Optional<Tensor> head =
        scores
            ? Optional.empty()
            : Optional.of(config.tiedHead() ? embedding : weights.load(shapes.head()));
    Optional<Tensor> score = scores ? Optional.of(weights.wide(shapes.score())) : Optional.empty();
    Norm norm = parts.norm(names.inBase(names.norm()));
    List<DecoderBlock> blocks = new ArrayList<>();
    try {
      for (int layer = 0; layer < config.layers(); layer++) {
        blocks.add(parts.block(layer));
      }
    } catch (RuntimeException e) {
      norm.close();
      blocks.forEach(DecoderBlock::close);
      throw e;
    }
    return new DecoderModel(
        config,
        weights.quantised(),
        weights.trained(),
        weights.dtype(),
        weights.device(),
        embedding,
        places,
        blocks,
        norm,
        head.map(weight -> new Linear(weight, null)),
        score);
  }

  /** What config.json says. */
  public ModelConfig config() {
    return config;
  }

  /** Whether linear layers are held in four bits and expanded for each product. */
  public boolean quantised() {
    return quantised;
  }

  /** Whether passes collect gradients of all weights: it is a lane of {@link TrainableWeights}. */
  public boolean trained() {
    return trained;
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
   * In how many lanes a pass is computed. In one, where all weights collect gradients, which
   * threads would add up in any order. Each lane expands layers of four bits for itself, which
   * costs a large model more than lanes bring: its products keep all threads busy anyway, unless
   * they are in float32, which a single thread computes.
   */
  public int lanes() {
    if (trained) {
      return 1;
    }
    boolean large = (long) config.shape().hidden() * config.shape().inner() >= LARGE_LAYER;
    return quantised && large && dtype == Dtype.BFLOAT16 ? 1 : Lanes.count(device);
  }

  /**
   * Hidden states of a forest before the final normalisation, {@code [tokens, hidden]}, without a
   * graph. Parts of the forest are computed side by side.
   */
  public Tensor read(Forest forest, Adapters adapters) {
    return LaneReading.tokens(this, forest, adapters);
  }

  /**
   * As {@link #read}, of some tokens alone, {@code [rows, hidden]}: most of the last block is
   * computed for them only.
   *
   * @param rows flat indices of tokens, in the order of the result
   */
  public Tensor readRows(Forest forest, Adapters adapters, int[] rows) {
    return LaneReading.rows(this, forest, adapters, rows);
  }

  /** As {@link #read}, on the calling thread, and recorded where gradients are wanted. */
  public Tensor trunk(Forest forest, Adapters adapters) {
    return trunk(forest.ids(), forest.positions(), attention(forest), adapters);
  }

  /** As {@link #readRows}, on the calling thread. */
  Tensor trunk(Forest forest, Adapters adapters, int[] rows) {
    int[] positions = forest.positions();
    Attention attention = attention(forest);
    Turn turn = turn(positions);
    int last = blocks.size() - 1;
    try (Scope below = Scope.open()) {
      List<UnaryOperator<Tensor>> lower = blocks(turn, attention, adapters).subList(0, last);
      Tensor hidden = through(lower, embed(forest.ids(), positions));
      Tensor index = Tensors.indices(device, rows);
      return below.keep(blocks.get(last).forward(hidden, turn, attention, adapters, index));
    }
  }

  /** Attention of a forest's tokens to what each sees of its sequence. */
  public Attention attention(Forest forest) {
    return new ForestAttention(forest, config.shape(), config.window(), device);
  }

  /**
   * Each block's forward pass over a forest, {@code [tokens, hidden] → [tokens, hidden]}, in their
   * order. They can be called until the innermost scope closes.
   */
  public List<UnaryOperator<Tensor>> blocks(Forest forest, Adapters adapters) {
    return blocks(turn(forest.positions()), attention(forest), adapters);
  }

  /**
   * What goes into the first block, {@code [tokens, hidden]}.
   *
   * @throws AreteException if an id or a position is out of the model's range
   */
  public Tensor embed(int[] ids, int[] positions) {
    checkRange(ids, positions);
    Tensor embedded = embedding.embedding(Tensors.indices(device, ids));
    return places
        .map(table -> embedded.add(table.embedding(Tensors.indices(device, positions))))
        .orElse(embedded);
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
    return through(blocks(turn(positions), attention, adapters), embed(ids, positions));
  }

  private static Tensor through(List<UnaryOperator<Tensor>> blocks, Tensor embedded) {
    Tensor hidden = embedded;
    for (UnaryOperator<Tensor> block : blocks) {
      // What a block makes on its way is freed behind it; a graph keeps what it needs.
      try (Scope step = Scope.open()) {
        hidden = step.keep(block.apply(hidden));
      }
    }
    return hidden;
  }

  private Turn turn(int[] positions) {
    return config.positions().at(positions, dtype, device);
  }

  private List<UnaryOperator<Tensor>> blocks(Turn turn, Attention attention, Adapters adapters) {
    return blocks.stream()
        .<UnaryOperator<Tensor>>map(
            block -> input -> block.forward(input, turn, attention, adapters))
        .toList();
  }

  /** Final normalisation in the base's element type: what the head reads. */
  public Tensor norm(Tensor rows) {
    return norm.forward(rows);
  }

  /** Final normalisation in float32: what scalar heads read. */
  public Tensor normWide(Tensor rows) {
    return norm.forwardWide(rows);
  }

  /** The scalar head, if this is a reward model whole. */
  public Optional<ScalarHead> score() {
    return score;
  }

  /**
   * Logits of normalised rows in float32, {@code [rows, vocabulary]}.
   *
   * @throws AreteException if this model gives a score instead
   */
  public Tensor logits(Tensor normed) {
    return languageHead().forward(normed, List.of()).to(Dtype.FLOAT32);
  }

  /** As {@link #logits}, for a step of generation: nothing is recorded. */
  public Tensor nextLogits(Tensor normed) {
    return languageHead().decode(normed, List.of()).to(Dtype.FLOAT32);
  }

  private Linear languageHead() {
    return head.orElseThrow(
        () ->
            new AreteException(
                "the model is a reward model (ForSequenceClassification in its config.json), which writes nothing; use it with score, or name a language model"));
  }

  private void checkRange(int[] ids, int[] positions) {
    int longest = Arrays.stream(positions).max().orElse(0) + 1;
    if (longest > config.maxPositions()) {
      throw new AreteException(
          "a text of %d tokens is longer than the model's context of %d; shorten it or choose another model"
              .formatted(longest, config.maxPositions()));
    }
    for (int id : ids) {
      if (id < 0 || id >= config.vocabulary()) {
        throw new AreteException(
            "the token id %d is outside of the model's vocabulary, 0 to %d"
                .formatted(id, config.vocabulary() - 1));
      }
    }
  }

  @Override
  public void close() {
    embedding.close();
    places.ifPresent(Tensor::close);
    blocks.forEach(DecoderBlock::close);
    norm.close();
    head.ifPresent(Linear::close);
    score.ifPresent(one -> one.weight().close());
  }
}
