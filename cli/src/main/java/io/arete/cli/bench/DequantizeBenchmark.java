package io.arete.cli.bench;

import io.arete.engine.forest.Forest;
import io.arete.engine.nn.Adapters;
import io.arete.engine.quant.Nf4Blocks;
import io.arete.engine.quant.Nf4Weight;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import io.arete.engine.tensor.Threads;
import io.arete.engine.train.Backpropagation;
import java.util.function.Consumer;

/**
 * Expanding NF4 weights: by itself, by each way there is, and as what a model in four bits needs
 * more than a dense one for the same pass.
 */
final class DequantizeBenchmark {

  private static final String NAME = "nf4";
  private static final long SIDE = 4096;
  private static final int RUNS = 10;
  private static final int PASSES = 4;

  private DequantizeBenchmark() {}

  /**
   * Measures.
   *
   * @param dense a model
   * @param quantised the same in NF4
   */
  static void run(Subject dense, Subject quantised, Consumer<Measure> found) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      Device device = dense.model().device();
      Dtype dtype = dense.model().dtype();
      Tensor values = Tensors.normal(Device.CPU, 1, 1, SIDE, SIDE);
      try (Nf4Weight weight = Nf4Weight.quantise(values, true, device)) {
        Tensor target = Tensors.empty(device, dtype, SIDE, SIDE);
        int threads = Threads.count();
        Threads.use(1);
        speed("table a block, one thread", () -> weight.dequantiseInto(target), found);
        speed("tensor operations, one thread", () -> expand(weight, target), found);
        Threads.use(threads);
        speed("table a block, all threads", () -> weight.dequantiseInto(target), found);
        speed("tensor operations, all threads", () -> expand(weight, target), found);
      }
    }
    Forest batch = TrainBenchmark.batch(dense);
    double plain = Stopwatch.best(PASSES, () -> forward(dense, batch));
    double expanding = Stopwatch.best(PASSES, () -> forward(quantised, batch));
    share("forward pass", plain, expanding, found);
    double operations = quantised.forwardGigaflops(batch);
    double ceiling = 100 * operations / expanding / quantised.ceiling();
    found.accept(new Measure(NAME, "forward pass, share of the ceiling", ceiling, "%"));
    share("training step", step(dense, batch), step(quantised, batch), found);
  }

  private static void expand(Nf4Weight weight, Tensor target) {
    try (Scope scope = Scope.open()) {
      target.copyInPlace(weight.byOperations());
    }
  }

  private static void speed(String what, Runnable work, Consumer<Measure> found) {
    double gigabytes = Nf4Blocks.bytes(SIDE * SIDE) / 1e9;
    double seconds = Stopwatch.best(RUNS, work);
    found.accept(new Measure(NAME, "4-bit weights, " + what, gigabytes / seconds, "GB/s"));
  }

  private static void share(String what, double dense, double nf4, Consumer<Measure> found) {
    found.accept(new Measure(NAME, what + ", dense", 1000 * dense, "ms"));
    found.accept(new Measure(NAME, what + ", four bits", 1000 * nf4, "ms"));
    found.accept(new Measure(NAME, what + ", spent on expanding", 100 * (1 - dense / nf4), "%"));
  }

  private static void forward(Subject subject, Forest batch) {
    try (Scope scope = Scope.open()) {
      // Reading one number waits for devices that compute in the background.
      subject.model().read(batch, Adapters.NONE).narrow(0, 0, 1).toFloats();
    }
  }

  private static double step(Subject subject, Forest batch) {
    try (RewardTraining training =
        new RewardTraining(subject, batch, subject.adapter(1), Backpropagation.BLOCKWISE)) {
      return Stopwatch.best(PASSES, training::step);
    }
  }
}
