package io.arete.engine.model;

import io.arete.engine.CountedRandom;
import io.arete.engine.model.WeightShapes.Stored;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.FlatParameters;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * All weights of a Llama-form model as float32 parameters. Models that compute with them share
 * their memory; each such {@link #lane} has gradients of its own, so that several threads can learn
 * at once.
 */
public final class TrainableWeights implements AutoCloseable {

  private static final double SD = 0.02;

  private final ModelConfig config;
  private final Map<String, long[]> shapes;
  private final FlatParameters parameters;

  private TrainableWeights(ModelConfig config, Device device) {
    if (!config.family().equals(Families.LLAMA)) {
      throw new IllegalArgumentException(
          "weights of a " + config.family().name() + " model cannot be trained, a llama's can");
    }
    this.config = config;
    // In this order what is computed as one product lies together.
    this.shapes = new WeightShapes(config).all();
    this.parameters = new FlatParameters(device, shapes);
  }

  /**
   * Fresh weights: normal with standard deviation 0.02, the projections back into the hidden states
   * smaller by the root of twice the number of blocks (Radford et al. 2019), norms one, biases
   * zero.
   */
  public static TrainableWeights fresh(ModelConfig config, long seed, Device device) {
    TrainableWeights weights = new TrainableWeights(config, device);
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

  /** The weights by their Hugging Face names. */
  public FlatParameters parameters() {
    return parameters;
  }

  /** A model that computes with these weights. The caller closes it. */
  public Lane lane() {
    return new Lane(this);
  }

  @Override
  public void close() {
    parameters.close();
  }

  /** A model over shared weights and a vector of gradients that belongs to it alone. */
  public static final class Lane implements AutoCloseable {

    private final Tensor gradients;
    private final DecoderModel model;

    private Lane(TrainableWeights weights) {
      Tensor values = weights.parameters.values();
      try (Scope scope = Scope.open()) {
        gradients = Tensors.zeros(values.device(), Dtype.FLOAT32, values.elements()).own();
        model = DecoderModel.assemble(new Leaves(weights.parameters, gradients), weights.config);
      }
    }

    /** The model; its passes add to {@link #gradients}. */
    public DecoderModel model() {
      return model;
    }

    /** Collected gradients, in the order of the parameters' values. */
    public Tensor gradients() {
      return gradients;
    }

    @Override
    public void close() {
      model.close();
      gradients.close();
    }
  }

  /** Views of the shared values that collect into one vector. */
  private record Leaves(FlatParameters parameters, Tensor gradients) implements WeightSource {

    @Override
    public Tensor load(Stored stored) {
      return leaf(parameters.offset(stored.name()), stored.shape());
    }

    @Override
    public Tensor fused(List<Stored> parts) {
      long[] shape = parts.get(0).shape().clone();
      shape[0] = parts.stream().mapToLong(one -> one.shape()[0]).sum();
      return leaf(parameters.offset(parts.get(0).name()), shape);
    }

    private Tensor leaf(long offset, long... shape) {
      long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
      Tensor values = parameters.values().narrow(0, offset, count).view(shape).detach();
      return values
          .requireGradient()
          .collectGradientIn(gradients.narrow(0, offset, count).view(shape));
    }

    @Override
    public Dtype dtype() {
      return Dtype.FLOAT32;
    }

    @Override
    public Device device() {
      return gradients.device();
    }
  }
}
