package io.arete.engine.nn;

import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Tensor;
import io.arete.engine.tensor.Tensors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A low-rank addition to a group of linear layers: {@code y += dropout(x) A U}, with the scaling
 * folded into U.
 *
 * @param down A transposed, {@code [rank, in]}
 * @param up U, {@code [rank, out]}: zero where a rank belongs to another projection of the group
 * @param dropout share of the input's elements set to 0, in [0, 1)
 * @param seed key of the dropout mask
 * @param rows which rows of the input it is for, or null for all; in inference only
 */
public record LowRank(Tensor down, Tensor up, double dropout, long seed, @Nullable Rows rows) {

  /** An addition to all rows. */
  public LowRank(Tensor down, Tensor up, double dropout, long seed) {
    this(down, up, dropout, seed, null);
  }

  /** Rows {@code first … first + count - 1}. */
  record Rows(long first, long count) {}

  /** The same addition, without dropout, to some rows only. */
  LowRank on(Rows some) {
    return new LowRank(down, up, 0, 0, some);
  }

  /**
   * Several additions without dropout as one, by rank concatenation: one product instead of many.
   */
  public static LowRank joined(List<LowRank> additions) {
    return new LowRank(
        Tensor.cat(additions.stream().map(LowRank::down).toList(), 0),
        Tensor.cat(additions.stream().map(LowRank::up).toList(), 0),
        0,
        0);
  }

  /**
   * Adds this addition for {@code input [rows, in]} to {@code output [rows, out]}, which must be
   * nobody else's.
   */
  Tensor addTo(Tensor output, Tensor input) {
    if (rows == null) {
      return addToAll(output, input);
    }
    addToAll(
        output.narrow(0, rows.first(), rows.count()), input.narrow(0, rows.first(), rows.count()));
    return output;
  }

  private Tensor addToAll(Tensor output, Tensor input) {
    Tensor visible = input.to(down.dtype());
    if (dropout > 0) {
      visible =
          visible.mul(
              Tensors.dropoutMask(
                  visible.device(), seed, dropout, visible.size(0), visible.size(1)));
    }
    Tensor inner = visible.linear(down, null);
    if (dropout > 0) {
      inner = inner.mul(Tensors.dropoutScale(dropout));
    }
    if (output.dtype() == up.dtype()) {
      return output.addmmInPlace(inner, up);
    }
    return output.addInPlace(inner.matmul(up).to(output.dtype()));
  }

  /** The addition in another element type, for inference. */
  public LowRank to(Dtype dtype) {
    return new LowRank(down.to(dtype), up.to(dtype), dropout, seed, rows);
  }
}
