package io.arete.engine.generate;

import io.arete.engine.nn.Attention;
import io.arete.engine.nn.HeadRows;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Attention of new tokens to their row of the cache. Most rows have one, and attend together: rows
 * are of unlike length, and here, and only here, they are padded to the longest. A row that reads
 * the beginning of its next turn has several, and attends alone.
 */
final class CachedAttention implements Attention {

  private final KeyValueCache cache;
  private final int rows;
  private final int window;
  private final int longest;
  private final Tensor places;
  private final Tensor lasts;
  private final Tensor mask;
  private final List<Piece> pieces = new ArrayList<>();

  /**
   * Rows in their order: some with one new token, or one with several.
   *
   * @param token first of their new tokens
   * @param count new tokens
   * @param length tokens in the cache afterwards, if there are several
   * @param mask {@code [1, 1, groups * count, length]} if there are several
   */
  private record Piece(int row, int token, int count, int rows, int length, Tensor mask) {}

  /**
   * Prepares a step.
   *
   * @param cached tokens of each row that are in the cache
   * @param counts new tokens of each row, at least 1
   * @param groups query heads that share a key head
   * @param window how many tokens of its row, itself the last, a token sees
   */
  CachedAttention(
      KeyValueCache cache, int[] cached, int[] counts, int groups, int window, Device device) {
    this.cache = cache;
    this.window = window;
    rows = counts.length;
    int tokens = Arrays.stream(counts).sum();
    int[] rowOf = new int[tokens];
    int[] positions = new int[tokens];
    int[] last = new int[rows];
    int token = 0;
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < counts[row]; i++, token++) {
        rowOf[token] = row;
        positions[token] = cached[row] + i;
      }
      last[row] = token - 1;
    }
    longest = Arrays.stream(last).map(at -> positions[at]).max().orElse(0) + 1;
    places = cache.places(rowOf, positions);
    lasts = Tensors.indices(device, last);
    mask = paddingMask(Arrays.stream(last).map(at -> positions[at]).toArray(), device);
    if (tokens > rows) {
      cut(cached, counts, groups, device);
    }
  }

  private Tensor paddingMask(int[] lastPositions, Device device) {
    float[] hidden = new float[rows * longest];
    for (int row = 0; row < rows; row++) {
      hide(hidden, row * longest, longest, lastPositions[row]);
    }
    return Tensors.of(device, hidden, rows, 1, 1, longest);
  }

  private void cut(int[] cached, int[] counts, int groups, Device device) {
    int token = 0;
    int row = 0;
    while (row < rows) {
      int end = row + 1;
      if (counts[row] > 1) {
        int length = cached[row] + counts[row];
        Tensor causal = causalMask(cached[row], counts[row], groups, device);
        pieces.add(new Piece(row, token, counts[row], 1, length, causal));
      } else {
        while (end < rows && counts[end] == 1) {
          end++;
        }
        pieces.add(new Piece(row, token, 1, end - row, 0, mask));
      }
      token += counts[row] * (end - row);
      row = end;
    }
  }

  private Tensor causalMask(int cached, int count, int groups, Device device) {
    int length = cached + count;
    float[] hidden = new float[groups * count * length];
    for (int query = 0; query < groups * count; query++) {
      hide(hidden, query * length, length, cached + query % count);
    }
    return Tensors.of(device, hidden, 1, 1, (long) groups * count, length);
  }

  /** Hides what a token does not see: all after it, and what its window has left behind. */
  private void hide(float[] hidden, int from, int length, int position) {
    int first = Math.max(0, position - window + 1);
    Arrays.fill(hidden, from, from + first, Float.NEGATIVE_INFINITY);
    Arrays.fill(hidden, from + position + 1, from + length, Float.NEGATIVE_INFINITY);
  }

  /** Where the newest token of each row stands among the new tokens. */
  Tensor lasts() {
    return lasts;
  }

  @Override
  public boolean decoding() {
    return true;
  }

  @Override
  public Tensor attend(int layer, Tensor queries, Tensor keys, Tensor values) {
    cache.write(layer, places, keys, values);
    Tensor wide = queries.to(Dtype.FLOAT32);
    if (pieces.isEmpty()) {
      return together(layer, wide, keys.size(1)).to(queries.dtype());
    }
    Tensor single = together(layer, wide.indexSelect(0, lasts), keys.size(1));
    List<Tensor> attended = new ArrayList<>();
    for (Piece piece : pieces) {
      attended.add(
          piece.count() == 1
              ? single.narrow(0, piece.row(), piece.rows())
              : alone(layer, piece, wide.narrow(0, piece.token(), piece.count()), keys.size(1)));
    }
    return Tensor.cat(attended, 0).to(queries.dtype());
  }

  /** One query token a row: {@code [rows, heads, width] → [rows, heads * width]}. */
  private Tensor together(int layer, Tensor queries, long keyHeads) {
    long groups = queries.size(1) / keyHeads;
    long width = queries.size(2);
    return queries
        .reshape(rows, keyHeads, groups, width)
        .attend(
            cache.keys(layer, 0, rows, longest),
            cache.values(layer, 0, rows, longest),
            mask.expand(rows, 1, groups, longest))
        .reshape(rows, queries.size(1) * width);
  }

  /** All new tokens of one row: {@code [count, heads, width] → [count, heads * width]}. */
  private Tensor alone(int layer, Piece piece, Tensor queries, long keyHeads) {
    Tensor attended =
        HeadRows.of(queries, keyHeads)
            .attend(
                cache.keys(layer, piece.row(), 1, piece.length()),
                cache.values(layer, piece.row(), 1, piece.length()),
                piece.mask());
    return HeadRows.byToken(attended, piece.count());
  }
}
