package io.arete.engine.model;

import io.arete.engine.CountedRandom;
import io.arete.engine.checkpoint.AtomicFile;
import io.arete.engine.checkpoint.StoredDtype;
import io.arete.engine.quant.Nf4Weight;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Drawn tensors in bfloat16: matrices from the normal distribution with the families' usual
 * deviation, weights of norms 1, biases 0. A tensor is a function of the seed and its name.
 */
final class RandomTensors implements DenseTensors {

  private static final double SD = 0.02;

  /** Elements that are drawn at once: 64 MiB in float32. */
  private static final long AT_ONCE = 1L << 24;

  private final SortedMap<String, long[]> shapes;
  private final CountedRandom random;
  private final BaseForm form;

  /**
   * Draws a model's tensors.
   *
   * @param form in which {@link #quantised} is wanted
   */
  RandomTensors(ModelConfig config, long seed, BaseForm form) {
    shapes = new TreeMap<>(new WeightShapes(config).all());
    random = CountedRandom.of(seed).at("weights");
    this.form = form;
  }

  @Override
  public SortedSet<String> names() {
    return new TreeSet<>(shapes.keySet());
  }

  @Override
  public StoredDtype dtype(String name) {
    return StoredDtype.BF16;
  }

  @Override
  public List<Long> shape(String name) {
    return Arrays.stream(shapeOf(name)).boxed().toList();
  }

  private long[] shapeOf(String name) {
    return Objects.requireNonNull(shapes.get(name));
  }

  @Override
  public void copy(String name, AtomicFile.ByteSink sink) throws IOException {
    long[] shape = shapeOf(name);
    long rows = rowsAtOnce(shape);
    for (long row = 0; row < shape[0]; row += rows) {
      try (Scope scope = Scope.open()) {
        for (ByteBuffer chunk : piece(name, row, Math.min(rows, shape[0] - row)).memory()) {
          sink.write(chunk);
        }
      }
    }
  }

  @Override
  public Nf4Weight quantised(String name) {
    long[] shape = shapeOf(name);
    long rows = rowsAtOnce(shape);
    try (Scope scope = Scope.open()) {
      Tensor whole = Tensors.empty(Device.CPU, Dtype.BFLOAT16, shape);
      for (long row = 0; row < shape[0]; row += rows) {
        try (Scope step = Scope.open()) {
          long count = Math.min(rows, shape[0] - row);
          whole.narrow(0, row, count).copyInPlace(piece(name, row, count));
        }
      }
      return Nf4Weight.quantise(whole, form == BaseForm.NF4, Device.CPU);
    }
  }

  private static long rowsAtOnce(long... shape) {
    return shape.length == 1 ? shape[0] : Math.max(1, AT_ONCE / shape[1]);
  }

  /** Some rows; those of one piece are drawn from one key. */
  private Tensor piece(String name, long row, long rows) {
    long[] shape = shapeOf(name).clone();
    shape[0] = rows;
    if (shape.length == 1) {
      Tensor zeros = Tensors.zeros(Device.CPU, Dtype.BFLOAT16, shape);
      return name.endsWith(".bias") ? zeros : zeros.add(1);
    }
    long key = random.at(name).bits(row);
    return Tensors.normal(Device.CPU, key, SD, shape).to(Dtype.BFLOAT16);
  }
}
