package io.arete.engine.train;

import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.NamedTensor;
import io.arete.engine.checkpoint.SafetensorsFile;
import io.arete.engine.checkpoint.SafetensorsWriter;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.checkpoint.TensorEntry;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.FlatParameters;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2; bias correction as in
 * PyTorch). Its state is two vectors and a count, and continues exactly after saving and loading.
 */
public final class AdamW implements AutoCloseable {

  private static final double BETA1 = 0.9;
  private static final double USUAL_BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** Elements that are computed at once: of all weights of a model a copy would be as large. */
  private static final long SLICE = 1L << 24;

  private static final String VALUES = "values";
  private static final String FIRST = "first_moment";
  private static final String SECOND = "second_moment";
  private static final String STEPS = "steps";

  private final FlatParameters parameters;
  private final double weightDecay;
  private final double beta2;
  private final Tensor first;
  private final Tensor second;
  private long steps;

  /** An optimizer at its start, with β₂ = 0.999. It borrows the parameters. */
  public AdamW(FlatParameters parameters, double weightDecay) {
    this(parameters, weightDecay, USUAL_BETA2);
  }

  /**
   * An optimizer at its start. It borrows the parameters.
   *
   * @param beta2 share of the second moment that stays at each step, in (0, 1)
   */
  public AdamW(FlatParameters parameters, double weightDecay, double beta2) {
    this.beta2 = beta2;
    this.parameters = parameters.train();
    this.weightDecay = weightDecay;
    try (Scope scope = Scope.open()) {
      long total = parameters.values().elements();
      Device device = parameters.values().device();
      first = Tensors.zeros(device, Dtype.FLOAT32, total).own();
      second = Tensors.zeros(device, Dtype.FLOAT32, total).own();
    }
  }

  /** Steps taken so far. */
  public long steps() {
    return steps;
  }

  /**
   * Scales the gradients so that their norm is at most {@code largest}.
   *
   * @return the norm before
   * @throws AreteException if the gradients are not finite: a step would spoil the weights for good
   */
  public double clip(double largest) {
    try (NoGrad still = NoGrad.open()) {
      double norm = norm();
      if (!Double.isFinite(norm)) {
        throw new AreteException(
            "the gradient norm before step "
                + (steps + 1)
                + " is "
                + norm
                + "; lower the learning rate or look for a damaged text or weight");
      }
      if (norm > largest) {
        parameters.gradients().mulInPlace(largest / (norm + 1e-6));
      }
      return norm;
    }
  }

  private double norm() {
    double squares = 0;
    for (long start = 0; start < first.elements(); start += SLICE) {
      try (Scope scope = Scope.open()) {
        squares += slice(parameters.gradients(), start).square().to(Dtype.FLOAT64).sum().item();
      }
    }
    return Math.sqrt(squares);
  }

  /** One step down the collected gradients, which are cleared. */
  public void step(double learningRate) {
    steps++;
    double correction1 = 1 - Math.pow(BETA1, (double) steps);
    double correction2 = Math.sqrt(1 - Math.pow(beta2, (double) steps));
    try (NoGrad still = NoGrad.open()) {
      for (long start = 0; start < first.elements(); start += SLICE) {
        step(start, learningRate, correction1, correction2);
      }
      parameters.gradients().zeroInPlace();
    }
  }

  private void step(long start, double learningRate, double correction1, double correction2) {
    try (Scope scope = Scope.open()) {
      Tensor gradients = slice(parameters.gradients(), start);
      Tensor values = slice(parameters.values(), start);
      Tensor firstMoment = slice(first, start);
      Tensor secondMoment = slice(second, start);
      if (weightDecay != 0) {
        values.mulInPlace(1 - learningRate * weightDecay);
      }
      firstMoment.mulInPlace(BETA1).addInPlace(gradients, 1 - BETA1);
      secondMoment.mulInPlace(beta2).addcmulInPlace(gradients, gradients, 1 - beta2);
      Tensor denominator = secondMoment.sqrt().mulInPlace(1 / correction2).add(EPSILON);
      values.addcdivInPlace(firstMoment, denominator, -learningRate / correction1);
    }
  }

  private static Tensor slice(Tensor whole, long start) {
    return whole.narrow(0, start, Math.min(SLICE, whole.elements() - start));
  }

  /** Drops the collected gradients. */
  public void forget() {
    parameters.gradients().zeroInPlace();
  }

  /** Writes the parameters and the state: all that the next step depends on. */
  public void save(Path file) {
    try (Scope scope = Scope.open()) {
      List<Long> shape = List.of(first.elements());
      Tensor count = Tensors.of(Device.CPU, new long[] {steps}, 1);
      SafetensorsWriter.write(
          file,
          Map.of(),
          List.of(
              NamedTensor.of(VALUES, StoredDtype.F32, shape, parameters.values().memory()),
              NamedTensor.of(FIRST, StoredDtype.F32, shape, first.memory()),
              NamedTensor.of(SECOND, StoredDtype.F32, shape, second.memory()),
              NamedTensor.of(STEPS, StoredDtype.I64, List.of(1L), count.memory())));
    }
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws AreteException if the file is not the state of these parameters
   */
  public void load(Path file) {
    try (SafetensorsFile tensors = SafetensorsFile.open(file);
        Scope scope = Scope.open()) {
      long total = first.elements();
      // All is read before anything changes: a wrong file leaves this optimizer as it was.
      Tensor newValues = read(file, tensors, VALUES, Dtype.FLOAT32, total);
      Tensor newFirst = read(file, tensors, FIRST, Dtype.FLOAT32, total);
      Tensor newSecond = read(file, tensors, SECOND, Dtype.FLOAT32, total);
      steps = read(file, tensors, STEPS, Dtype.INT64, 1).toLongs()[0];
      parameters.values().copyInPlace(newValues);
      first.copyInPlace(newFirst);
      second.copyInPlace(newSecond);
    }
  }

  private static Tensor read(
      Path file, SafetensorsFile tensors, String name, Dtype dtype, long elements) {
    TensorEntry entry = tensors.entries().get(name);
    if (entry == null
        || !entry.shape().equals(List.of(elements))
        || entry.dtype() != (dtype == Dtype.INT64 ? StoredDtype.I64 : StoredDtype.F32)) {
      throw new AreteException(
          file
              + " is not a checkpoint of this adapter: "
              + name
              + " of "
              + elements
              + " elements is missing; remove the stage's folder to start it again");
    }
    return Tensors.filled(Device.CPU, dtype, memory -> tensors.read(entry, memory), elements);
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
