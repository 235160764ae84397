package io.arete.engine.model;

import io.arete.engine.nn.BlockShape;
import io.arete.engine.tensor.Tensor;

/**
 * How files order the outputs of a layer that gives queries, keys and values at once. In memory all
 * queries come first, then all keys, then all values.
 */
public enum FusedRows {
  /** As in memory. */
  BY_PART {
    @Override
    public Tensor fromFile(Tensor rows, BlockShape shape) {
      return rows;
    }

    @Override
    public Tensor toFile(Tensor rows, BlockShape shape) {
      return rows;
    }
  },
  /** Head by head, each with its query, key and value; there are as many heads of each. */
  BY_HEAD {
    @Override
    public Tensor fromFile(Tensor rows, BlockShape shape) {
      return swapped(rows, shape.heads(), PARTS, shape.headWidth());
    }

    @Override
    public Tensor toFile(Tensor rows, BlockShape shape) {
      return swapped(rows, PARTS, shape.heads(), shape.headWidth());
    }
  };

  private static final int PARTS = 3;

  /** {@code [(heads + 2 · keyHeads) · width, columns]} in the order of memory. */
  public abstract Tensor fromFile(Tensor rows, BlockShape shape);

  /** The reverse of {@link #fromFile}. */
  public abstract Tensor toFile(Tensor rows, BlockShape shape);

  /** {@code [outer · inner · width, columns] → [inner · outer · width, columns]}. */
  private static Tensor swapped(Tensor rows, long outer, long inner, long width) {
    long[] shape = rows.shape();
    return rows.view(outer, inner, width, -1).permute(1, 0, 2, 3).reshape(shape);
  }
}
