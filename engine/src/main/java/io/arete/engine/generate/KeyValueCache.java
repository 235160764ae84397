package io.arete.engine.generate;

import io.arete.engine.nn.BlockShape;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of sequences under generation: one row of {@code capacity} tokens each, head by
 * head, since attention reads a head's tokens one after the other.
 */
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
    try (Scope scope = Scope.open()) {
      for (int layer = 0; layer < layers; layer++) {
        keys.add(empty(rows).own());
        values.add(empty(rows).own());
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Where tokens go, for {@link #write}.
   *
   * @param rows row of each token
   * @param positions position of each in its row
   */
  Tensor places(int[] rows, int[] positions) {
    int heads = shape.keyHeads();
    int[] places = new int[Math.multiplyExact(rows.length, heads)];
    for (int token = 0; token < rows.length; token++) {
      for (int head = 0; head < heads; head++) {
        places[token * heads + head] = (rows[token] * heads + head) * capacity + positions[token];
      }
    }
    return Tensors.indices(device, places);
  }

  /** Writes {@code [tokens, keyHeads, width]} at their {@link #places}. */
  void write(int layer, Tensor places, Tensor newKeys, Tensor newValues) {
    write(keys.get(layer), places, newKeys);
    write(values.get(layer), places, newValues);
  }

  private void write(Tensor cache, Tensor places, Tensor tokens) {
    cache
        .view(-1, shape.headWidth())
        .indexCopyInPlace(0, places, tokens.to(Dtype.FLOAT32).reshape(-1, shape.headWidth()));
  }

  /** Keys of some rows, {@code [rows, keyHeads, length, width]}. */
  Tensor keys(int layer, int firstRow, int rows, int length) {
    return keys.get(layer).narrow(0, firstRow, rows).narrow(2, 0, length);
  }

  /** Values of some rows, {@code [rows, keyHeads, length, width]}. */
  Tensor values(int layer, int firstRow, int rows, int length) {
    return values.get(layer).narrow(0, firstRow, rows).narrow(2, 0, length);
  }

  /** Copies the first {@code length} tokens of one row over another. */
  void move(int fromRow, int toRow, int length) {
    try (Scope scope = Scope.open()) {
      for (int layer = 0; layer < keys.size(); layer++) {
        for (Tensor cache : List.of(keys.get(layer), values.get(layer))) {
          Tensor source = cache.narrow(0, fromRow, 1).narrow(2, 0, length);
          cache.narrow(0, toRow, 1).narrow(2, 0, length).copyInPlace(source);
        }
      }
    }
  }

  private Tensor empty(long rows) {
    return Tensors.zeros(
        device, Dtype.FLOAT32, rows, shape.keyHeads(), capacity, shape.headWidth());
  }

  @Override
  public void close() {
    keys.forEach(Tensor::close);
    values.forEach(Tensor::close);
  }
}
