package io.arete.engine.nn;

import io.arete.engine.tensor.Tensor;

/**
 * Queries as rows of the key head that they share: the query heads of a group become more rows, so
 * that keys and values are never repeated.
 */
public final class HeadRows {

  private HeadRows() {}

  /** {@code [tokens, heads, width] → [1, keyHeads, groups * tokens, width]}. */
  public static Tensor of(Tensor queries, long keyHeads) {
    long tokens = queries.size(0);
    long groups = queries.size(1) / keyHeads;
    return queries
        .view(tokens, keyHeads, groups, queries.size(2))
        .permute(1, 2, 0, 3)
        .reshape(1, keyHeads, groups * tokens, queries.size(2));
  }

  /** {@code [1, keyHeads, groups * tokens, width] → [tokens, heads * width]}. */
  public static Tensor byToken(Tensor attended, long tokens) {
    long keyHeads = attended.size(1);
    long groups = attended.size(2) / tokens;
    return attended
        .view(keyHeads, groups, tokens, attended.size(3))
        .permute(2, 0, 1, 3)
        .reshape(tokens, keyHeads * groups * attended.size(3));
  }
}
