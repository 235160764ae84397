package io.arete.engine.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Named trainable tensors that lie in one float32 vector, with one vector of gradients: an
 * optimizer step, a norm or a checkpoint is then one operation, however many tensors there are.
 */
public final class FlatParameters implements AutoCloseable {

  private final Map<String, long[]> shapes;
  private final Map<String, Tensor> views = new LinkedHashMap<>();
  private final Tensor values;
  private @Nullable Tensor gradients;

  /** All zeros, in the order of {@code shapes}. The caller closes it. */
  public FlatParameters(Device device, Map<String, long[]> shapes) {
    this.shapes = new LinkedHashMap<>(shapes);
    long total = shapes.values().stream().mapToLong(FlatParameters::count).sum();
    try (Scope scope = Scope.open()) {
      values = Tensors.zeros(device, Dtype.FLOAT32, total).own();
      long offset = 0;
      for (Map.Entry<String, long[]> entry : this.shapes.entrySet()) {
        long count = count(entry.getValue());
        views.put(entry.getKey(), values.narrow(0, offset, count).view(entry.getValue()).own());
        offset += count;
      }
    }
  }

  /** Names in their order. */
  public List<String> names() {
    return new ArrayList<>(shapes.keySet());
  }

  /** Whether there is a parameter of that name. */
  public boolean has(String name) {
    return shapes.containsKey(name);
  }

  /** One parameter: a view of {@link #values()}. */
  public Tensor get(String name) {
    Tensor view = views.get(name);
    if (view == null) {
      throw new IllegalArgumentException("no parameter " + name);
    }
    return view;
  }

  /** Where a parameter begins in {@link #values()}. */
  public long offset(String name) {
    long offset = 0;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      if (entry.getKey().equals(name)) {
        return offset;
      }
      offset += count(entry.getValue());
    }
    throw new IllegalArgumentException("no parameter " + name);
  }

  /** All parameters, {@code [total]}. */
  public Tensor values() {
    return values;
  }

  /** Wants gradients from now on. */
  public FlatParameters train() {
    if (gradients != null) {
      return this;
    }
    try (Scope scope = Scope.open()) {
      gradients = Tensors.zeros(values.device(), Dtype.FLOAT32, values.elements()).own();
      long offset = 0;
      for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
        long count = count(entry.getValue());
        Tensor view = gradients.narrow(0, offset, count).view(entry.getValue());
        get(entry.getKey()).requireGradient().collectGradientIn(view);
        offset += count;
      }
    }
    return this;
  }

  /** Collected gradients, {@code [total]}, in the order of {@link #values()}. */
  public Tensor gradients() {
    if (gradients == null) {
      throw new IllegalStateException("these parameters are not trained");
    }
    return gradients;
  }

  @Override
  public void close() {
    views.values().forEach(Tensor::close);
    values.close();
    if (gradients != null) {
      gradients.close();
    }
  }

  private static long count(long[] shape) {
    long count = 1;
    for (long size : shape) {
      count = Math.multiplyExact(count, size);
    }
    return count;
  }
}
