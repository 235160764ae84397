package io.arete.engine.nn;

import io.arete.engine.tensor.Tensor;

/**
 * A head that reads one number from a hidden state: {@code w · h}, in float32.
 *
 * @param weight {@code [1, hidden]}, float32
 */
public record ScalarHead(Tensor weight) {

  /** {@code [rows, hidden] → [rows]} for normalised float32 rows. */
  public Tensor score(Tensor rows) {
    return rows.linear(weight, null).view(-1);
  }
}
