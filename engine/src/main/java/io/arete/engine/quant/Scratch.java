package io.arete.engine.quant;

import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Memory for dense weights that live no longer than one product, lent out and taken back: one piece
 * for each thread that computes at a time, as large as the largest weight. Fresh memory would have
 * to be cleared by the system for every product.
 */
public final class Scratch implements AutoCloseable {

  private final Deque<Tensor> free = new ArrayDeque<>();

  /** Lends a dense tensor with any content, {@code [rows, columns]}. */
  public Loan lend(Device device, Dtype dtype, long rows, long columns) {
    long elements = Math.multiplyExact(rows, columns);
    Tensor memory = take();
    if (memory == null || memory.elements() < elements || memory.dtype() != dtype) {
      if (memory != null) {
        memory.close();
      }
      memory = Tensors.empty(device, dtype, elements).own();
    }
    return new Loan(this, memory, memory.narrow(0, 0, elements).view(rows, columns));
  }

  private synchronized @Nullable Tensor take() {
    return free.pollFirst();
  }

  private synchronized void takeBack(Tensor memory) {
    free.addFirst(memory);
  }

  /** Frees what is not lent out; may be called again, and lending go on afterwards. */
  @Override
  public synchronized void close() {
    free.forEach(Tensor::close);
    free.clear();
  }

  /**
   * A tensor that is lent until it is closed.
   *
   * @param tensor belongs to the innermost scope
   */
  public record Loan(Scratch from, Tensor memory, Tensor tensor) implements AutoCloseable {

    @Override
    public void close() {
      from.takeBack(memory);
    }
  }
}
