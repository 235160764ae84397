package io.arete.engine.generate;

import io.arete.engine.nn.Attention;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.Arrays;

/**
 * Attention of one new token a sequence to its row of the cache. Rows are of unlike length: here,
 * and only here, they are padded to the longest.
 */
final class CachedAttention implements Attention {

  private final KeyValueCache cache;
  private final int rows;
  private final int longest;
  private final Tensor places;
  private final Tensor mask;

  /** Prepares a step: {@code positions[i]} is where the new token of row i stands. */
  CachedAttention(KeyValueCache cache, int[] positions, Device device) {
    this.cache = cache;
    rows = positions.length;
    longest = Arrays.stream(positions).max().orElse(0) + 1;
    int[] all = new int[rows];
    float[] hidden = new float[rows * longest];
    for (int row = 0; row < rows; row++) {
      all[row] = row;
      Arrays.fill(
          hidden, row * longest + positions[row] + 1, (row + 1) * longest, Float.NEGATIVE_INFINITY);
    }
    places = cache.places(all, positions);
    mask = Tensors.of(device, hidden, rows, 1, 1, longest);
  }

  @Override
  public boolean decoding() {
    return true;
  }

  @Override
  public Tensor attend(int layer, Tensor queries, Tensor keys, Tensor values) {
    cache.write(layer, places, keys, values);
    long keyHeads = keys.size(1);
    long groups = queries.size(1) / keyHeads;
    long width = queries.size(2);
    Tensor query = queries.to(Dtype.FLOAT32).reshape(rows, keyHeads, groups, width);
    Tensor attended =
        query.attend(
            cache.keys(layer, rows, longest),
            cache.values(layer, rows, longest),
            mask.expand(rows, 1, groups, longest));
    return attended.reshape(rows, queries.size(1) * width).to(queries.dtype());
  }
}
