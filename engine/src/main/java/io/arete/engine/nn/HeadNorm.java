package io.arete.engine.nn;

import io.arete.engine.tensor.Tensor;
import java.util.List;

/**
 * Root-mean-square normalisation of the heads of queries and keys at once: all heads of queries
 * share a weight, and all of keys another. The two are put together in each pass, so that training
 * can move them.
 */
public final class HeadNorm implements Norm {

  private final Tensor queries;
  private final Tensor keys;
  private final BlockShape shape;
  private final double epsilon;

  /** Takes ownership of both weights, {@code [headWidth]} each. */
  public HeadNorm(Tensor queries, Tensor keys, BlockShape shape, double epsilon) {
    this.queries = queries.own();
    this.keys = keys.own();
    this.shape = shape;
    this.epsilon = epsilon;
  }

  @Override
  public Tensor forward(Tensor input) {
    return RmsNorm.forward(input, weight(), epsilon);
  }

  @Override
  public Tensor forwardWide(Tensor input) {
    return RmsNorm.forwardWide(input, weight(), epsilon);
  }

  /** {@code [heads + keyHeads, headWidth]}. */
  private Tensor weight() {
    return Tensor.cat(
        List.of(
            queries.unsqueeze(0).expand(shape.heads(), shape.headWidth()),
            keys.unsqueeze(0).expand(shape.keyHeads(), shape.headWidth())),
        0);
  }

  @Override
  public void close() {
    queries.close();
    keys.close();
  }
}
