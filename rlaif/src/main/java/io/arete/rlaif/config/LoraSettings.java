package io.arete.rlaif.config;

import java.util.List;

/**
 * How a low-rank adapter is built.
 *
 * @param rank columns of A, rows of B
 * @param alpha the adapter's output is scaled by alpha / rank
 * @param dropout share of the adapter's inputs that training drops
 * @param targets the linear layers that get one, in the order of the enum; all of them means all
 *     that the model has
 */
public record LoraSettings(int rank, double alpha, double dropout, List<Target> targets) {

  /** A linear layer of a decoder block. */
  public enum Target {
    /** The query projection. */
    Q,
    /** The key projection. */
    K,
    /** The value projection. */
    V,
    /** Queries, keys and values where one layer gives all three, as in GPT-2 and GPT-NeoX. */
    QKV,
    /** The output projection of attention. */
    O,
    /** The gate of the feed-forward part. */
    GATE,
    /** The up projection of the feed-forward part. */
    UP,
    /** The down projection of the feed-forward part. */
    DOWN
  }

  /** Copies the targets. */
  public LoraSettings {
    targets = List.copyOf(targets);
  }
}
