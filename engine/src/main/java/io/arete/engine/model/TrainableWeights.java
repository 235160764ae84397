package io.arete.engine.model;

import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.engine.model.WeightShapes.Stored;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.FlatParameters;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * All weights of a model as float32 parameters, with scalar heads beside them if it judges. Models
 * that compute with them share their memory; each such {@link #lane} has gradients of its own, so
 * that several threads can learn at once.
 */
public final class TrainableWeights implements AutoCloseable {

  /** Parameter name of the scalar heads, {@code [heads, hidden]}. */
  public static final String HEADS = ClassifierJson.SCORE;

  private static final double SD = 0.02;

  private final ModelConfig config;
  private final Map<String, long[]> shapes;
  private final FlatParameters parameters;

  private TrainableWeights(ModelConfig config, int heads, Device device) {
    this.config = config;
    // In this order what is computed as one product lies together.
    this.shapes = new WeightShapes(config).all();
    Map<String, long[]> all = new LinkedHashMap<>(shapes);
    if (heads > 0) {
      all.put(HEADS, new long[] {heads, config.shape().hidden()});
    }
    this.parameters = new FlatParameters(device, all);
  }

  /**
   * The weights of a model folder, in float32 whatever the file has. The caller closes them.
   *
   * @param heads scalar heads beside them, all zero
   * @throws AreteException if the folder is not a complete language model, or of a family whose
   *     files hold layers otherwise than they are computed
   */
  public static TrainableWeights of(Path folder, int heads, Device device) {
    try (FolderWeights files = FolderWeights.open(folder)) {
      requireTrainable(folder, files.config());
      TrainableWeights weights = new TrainableWeights(files.config(), heads, device);
      try {
        for (String name : weights.names()) {
          try (Scope scope = Scope.open()) {
            weights.parameters.get(name).copyInPlace(files.tensor(name));
          }
        }
      } catch (RuntimeException e) {
        weights.close();
        throw e;
      }
      return weights;
    }
  }

  private static void requireTrainable(Path folder, ModelConfig config) {
    if (!config.family().liesAsComputed()) {
      throw new AreteException(
          "%s is a %s model, whose weights are not trained here, as its files turn or mix them; train an adapter over it"
              .formatted(folder, config.family().name()));
    }
    if (config.head() == ModelConfig.Head.SCORE) {
      throw new AreteException(
          folder + " is a reward model whole; train one from a language model");
    }
  }

  /**
   * Fresh weights: normal with standard deviation 0.02, the projections back into the hidden states
   * smaller by the root of twice the number of blocks (Radford et al. 2019), norms one, biases
   * zero.
   */
  public static TrainableWeights fresh(ModelConfig config, long seed, Device device) {
    if (!config.family().equals(Families.LLAMA)) {
      throw new IllegalArgumentException(
          "a " + config.family().name() + " model is not made here, a llama is");
    }
    TrainableWeights weights = new TrainableWeights(config, 0, device);
    CountedRandom draws = CountedRandom.of(seed).at("weights");
    double back = SD / Math.sqrt(2.0 * config.layers());
    weights.shapes.forEach(
        (name, shape) -> {
          try (Scope scope = Scope.open()) {
            Tensor target = weights.parameters.get(name);
            if (name.endsWith("norm.weight")) {
              target.copyInPlace(Tensors.zeros(device, Dtype.FLOAT32, shape).add(1));
            } else if (name.endsWith(".weight")) {
              boolean smaller = name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight");
              target.copyInPlace(
                  Tensors.normal(device, draws.at(name).bits(0), smaller ? back : SD, shape));
            }
          }
        });
    return weights;
  }

  /** What they are the weights of. */
  public ModelConfig config() {
    return config;
  }

  /** Names of the model's own tensors, without the heads. */
  public List<String> names() {
    return List.copyOf(shapes.keySet());
  }

  /** The weights by their Hugging Face names, and the heads. */
  public FlatParameters parameters() {
    return parameters;
  }

  /** The scalar heads, in their order. */
  public List<ScalarHead> heads() {
    return parameters.has(HEADS) ? heads(parameters.get(HEADS)) : List.of();
  }

  private static List<ScalarHead> heads(Tensor all) {
    return LongStream.range(0, all.size(0))
        .mapToObj(i -> new ScalarHead(all.narrow(0, i, 1)))
        .toList();
  }

  /** A model that learns with these weights. The caller closes it. */
  public Lane lane() {
    return new Lane(this);
  }

  /**
   * A model that computes with these weights, which must not change before the caller has closed
   * it: what it packs for speed is made once.
   */
  public DecoderModel view() {
    try (Scope scope = Scope.open()) {
      return DecoderModel.assemble(new View(parameters), config);
    }
  }

  @Override
  public void close() {
    parameters.close();
  }

  /** A model over shared weights and a vector of gradients that belongs to it alone. */
  public static final class Lane implements AutoCloseable {

    private final Tensor gradients;
    private final DecoderModel model;
    private final Optional<Tensor> heads;

    private Lane(TrainableWeights weights) {
      Tensor values = weights.parameters.values();
      try (Scope scope = Scope.open()) {
        gradients = Tensors.zeros(values.device(), Dtype.FLOAT32, values.elements()).own();
        Leaves leaves = new Leaves(weights.parameters, gradients);
        model = DecoderModel.assemble(leaves, weights.config);
        heads =
            weights.parameters.has(HEADS)
                ? Optional.of(
                    leaves
                        .at(weights.parameters.offset(HEADS), weights.parameters.get(HEADS).shape())
                        .own())
                : Optional.empty();
      }
    }

    /** The model; its passes add to {@link #gradients}. */
    public DecoderModel model() {
      return model;
    }

    /** The scalar heads, in their order, in the innermost scope; they add to it, too. */
    public List<ScalarHead> heads() {
      return heads.map(TrainableWeights::heads).orElse(List.of());
    }

    /** Collected gradients, in the order of the parameters' values. */
    public Tensor gradients() {
      return gradients;
    }

    @Override
    public void close() {
      model.close();
      heads.ifPresent(Tensor::close);
      gradients.close();
    }
  }

  /** Parts of one vector of float32 numbers. */
  private sealed interface Parts extends WeightSource {

    FlatParameters parameters();

    /** {@code count} numbers from an offset, in a shape. */
    Tensor at(long offset, long... shape);

    @Override
    default Tensor load(Stored stored) {
      return at(parameters().offset(stored.name()), stored.shape());
    }

    @Override
    default Tensor fused(List<Stored> parts) {
      long[] shape = parts.get(0).shape().clone();
      shape[0] = parts.stream().mapToLong(one -> one.shape()[0]).sum();
      return at(parameters().offset(parts.get(0).name()), shape);
    }

    @Override
    default Dtype dtype() {
      return Dtype.FLOAT32;
    }

    @Override
    default Device device() {
      return parameters().values().device();
    }

    private static Tensor part(Tensor all, long offset, long... shape) {
      return all.narrow(0, offset, Arrays.stream(shape).reduce(1, Math::multiplyExact)).view(shape);
    }
  }

  /** Views of the shared values. */
  private record View(FlatParameters parameters) implements Parts {

    @Override
    public Tensor at(long offset, long... shape) {
      return Parts.part(parameters.values(), offset, shape).detach();
    }
  }

  /** Views of the shared values that collect into one vector. */
  private record Leaves(FlatParameters parameters, Tensor gradients) implements Parts {

    @Override
    public Tensor at(long offset, long... shape) {
      return Parts.part(parameters.values(), offset, shape)
          .detach()
          .requireGradient()
          .collectGradientIn(Parts.part(gradients, offset, shape));
    }

    @Override
    public boolean trained() {
      return true;
    }
  }
}
