package io.arete.engine.nn;

import io.arete.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches whose rows lie one after the other and share nothing but the base: each attends to itself
 * alone and has additions of its own, while a product with a base weight is one for all of them.
 */
public final class SideBySide implements Attention, Adapters {

  private final List<Batch> batches;
  private final long[] sizes;

  /**
   * One of them.
   *
   * @param rows how many rows it has
   */
  public record Batch(int rows, Attention attention, Adapters adapters) {}

  /** Joins the batches, in the order of their rows. For inference. */
  public SideBySide(List<Batch> batches) {
    this.batches = List.copyOf(batches);
    sizes = batches.stream().mapToLong(Batch::rows).toArray();
  }

  @Override
  public Tensor attend(int layer, Tensor queries, Tensor keys, Tensor values) {
    List<Tensor> ownQueries = queries.split(0, sizes);
    List<Tensor> ownKeys = keys.split(0, sizes);
    List<Tensor> ownValues = values.split(0, sizes);
    List<Tensor> attended = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      attended.add(
          batches
              .get(i)
              .attention()
              .attend(layer, ownQueries.get(i), ownKeys.get(i), ownValues.get(i)));
    }
    return Tensor.cat(attended, 0);
  }

  @Override
  public List<LowRank> at(int layer, LinearGroup group) {
    List<LowRank> additions = new ArrayList<>();
    long first = 0;
    for (Batch batch : batches) {
      LowRank.Rows rows = new LowRank.Rows(first, batch.rows());
      batch.adapters().at(layer, group).forEach(addition -> additions.add(addition.on(rows)));
      first += batch.rows();
    }
    return additions;
  }
}
