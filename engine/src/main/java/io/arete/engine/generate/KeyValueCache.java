package io.arete.engine.generate;

import io.arete.engine.nn.BlockShape;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/** Keys and values of sequences under generation: one row of {@code capacity} tokens each. */
final class KeyValueCache implements AutoCloseable {

  private final int capacity;
  private final BlockShape shape;
  private final Device device;
  private final List<Tensor> keys = new ArrayList<>();
  private final List<Tensor> values = new ArrayList<>();

  KeyValueCache(int layers, int rows, int capacity, BlockShape shape, Device device) {
    this.capacity = capacity;
    this.shape = shape;
    this.device = device;
    long tokens = Math.multiplyExact(rows, capacity);
    try (Scope scope = Scope.open()) {
      for (int layer = 0; layer < layers; layer++) {
        keys.add(empty(tokens).own());
        values.add(empty(tokens).own());
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Flat place of one token of one row. */
  int place(int row, int position) {
    return row * capacity + position;
  }

  /** Writes {@code [tokens, keyHeads, width]} at flat places. */
  void write(int layer, Tensor places, Tensor newKeys, Tensor newValues) {
    keys.get(layer).indexCopyInPlace(0, places, newKeys.to(Dtype.FLOAT32));
    values.get(layer).indexCopyInPlace(0, places, newValues.to(Dtype.FLOAT32));
  }

  /** Keys of the first rows, {@code [rows, keyHeads, length, width]}. */
  Tensor keys(int layer, int rows, int length) {
    return view(keys.get(layer), rows, length);
  }

  /** Values of the first rows, {@code [rows, keyHeads, length, width]}. */
  Tensor values(int layer, int rows, int length) {
    return view(values.get(layer), rows, length);
  }

  /** Copies the first {@code length} tokens of one row over another. */
  void move(int fromRow, int toRow, int length) {
    try (Scope scope = Scope.open()) {
      for (int layer = 0; layer < keys.size(); layer++) {
        for (Tensor cache : List.of(keys.get(layer), values.get(layer))) {
          cache
              .narrow(0, place(toRow, 0), length)
              .copyInPlace(cache.narrow(0, place(fromRow, 0), length));
        }
      }
    }
  }

  private Tensor view(Tensor cache, int rows, int length) {
    return cache
        .narrow(0, 0, (long) rows * capacity)
        .view(rows, capacity, shape.keyHeads(), shape.headWidth())
        .narrow(1, 0, length)
        .transpose(1, 2);
  }

  private Tensor empty(long tokens) {
    return Tensors.zeros(device, Dtype.FLOAT32, tokens, shape.keyHeads(), shape.headWidth());
  }

  @Override
  public void close() {
    keys.forEach(Tensor::close);
    values.forEach(Tensor::close);
  }
}
