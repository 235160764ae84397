package io.arete.engine.inspect;

import io.arete.engine.Formula;
import io.arete.engine.nn.BlockShape;
import io.arete.engine.nn.Projection;
import java.util.Set;

/**
 * Bytes that a decoder needs to run and to be trained with a low-rank adapter; docs/memory.md
 * derives each. Symbols: L layers, h hidden, q = heads · width, k = key heads · width, i inner, e
 * bytes of an element of the base.
 */
@Formula(
    paper = "docs/memory.md; 4 bits: Dettmers et al. 2023, QLoRA, section 3",
    eq = "weights, cache, adapter, activations")
public final class MemoryFormulas {

  private static final int FLOAT32_BYTES = 4;
  private static final int BFLOAT16_BYTES = 2;

  /** Weights that share one scale, and scales that share one of their own. */
  private static final double NF4_BLOCK = 64;

  private static final double NF4_NESTED_BLOCK = 256;

  private MemoryFormulas() {}

  /** In how many bits the frozen base is kept. */
  public enum Precision {
    FLOAT32,
    BFLOAT16,
    /**
     * Linear layers as 4 bits with a scale of 8 bits for each 64 weights, and one of 32 bits for
     * each 256 scales; the others, and all that is computed, in bfloat16.
     */
    NF4;

    /** e: bytes of an element of what is computed. */
    public int elementBytes() {
      return this == FLOAT32 ? FLOAT32_BYTES : BFLOAT16_BYTES;
    }
  }

  /**
   * The weights: {@code (linear + other) · e}; in 4 bits {@code linear · (1/2 + 1/64 + 4/(64 ·
   * 256)) + other · 2}.
   */
  public static long weights(DecoderSizes sizes, Precision precision) {
    if (precision != Precision.NF4) {
      return sizes.parameters() * precision.elementBytes();
    }
    double perWeight = 0.5 + 1 / NF4_BLOCK + FLOAT32_BYTES / (NF4_BLOCK * NF4_NESTED_BLOCK);
    return Math.round(sizes.linear() * perWeight) + sizes.other() * BFLOAT16_BYTES;
  }

  /** Keys and values of one token in the cache, which is float32: {@code L · 2 · k · 4}. */
  public static long cacheOfToken(DecoderSizes sizes) {
    return 2L * FLOAT32_BYTES * sizes.layers() * sizes.shape().outputs(Projection.K);
  }

  /** Weights of an adapter: {@code L · Σ rank · (inputs + outputs)} over its targets. */
  public static long adapterParameters(DecoderSizes sizes, int rank, Set<Projection> targets) {
    long ends = 0;
    for (Projection target : targets) {
      ends += (long) sizes.shape().inputs(target) + sizes.shape().outputs(target);
    }
    return (long) sizes.layers() * rank * ends;
  }

  /** The adapter itself, always float32: 4 bytes a weight. */
  public static long adapter(long parameters) {
    return parameters * FLOAT32_BYTES;
  }

  /** Its gradients: 4 bytes a weight, and as much again in each lane while a batch is computed. */
  public static long gradients(long parameters) {
    return parameters * FLOAT32_BYTES;
  }

  /** AdamW's two moments: 8 bytes a weight. */
  public static long optimizer(long parameters) {
    return parameters * 2 * FLOAT32_BYTES;
  }

  /**
   * An estimate of what the backward pass keeps of one token, without dropout and block-wise
   * recomputation: {@code L · (8h + 8q + 8k + 4 · heads + 3ei + e · inputs of the adapted groups +
   * e · rank · targets)}. Both norms keep their input in float32; attention, in float32, keeps
   * queries, keys, values, its output and a number a head; the gated layer keeps gate, up and
   * silu(gate). An adapter keeps its input (queries, keys and values share theirs, gate and up too)
   * and its inner product.
   */
  public static long activationsOfToken(
      DecoderSizes sizes, Precision precision, int rank, Set<Projection> targets) {
    BlockShape shape = sizes.shape();
    long hidden = shape.hidden();
    long queries = shape.outputs(Projection.Q);
    long keys = shape.outputs(Projection.K);
    long inner = shape.inner();
    long element = precision.elementBytes();
    long floats = 2 * hidden + 2 * queries + 2 * keys + shape.heads();
    long elements = 3 * inner + (long) rank * targets.size();
    elements +=
        reads(targets, Projection.Q, Projection.K, Projection.V, Projection.QKV) ? hidden : 0;
    elements += reads(targets, Projection.O) ? queries : 0;
    elements += reads(targets, Projection.GATE, Projection.UP) ? hidden : 0;
    elements += reads(targets, Projection.DOWN) ? inner : 0;
    return sizes.layers() * (FLOAT32_BYTES * floats + element * elements);
  }

  private static boolean reads(Set<Projection> targets, Projection... group) {
    for (Projection projection : group) {
      if (targets.contains(projection)) {
        return true;
      }
    }
    return false;
  }
}
