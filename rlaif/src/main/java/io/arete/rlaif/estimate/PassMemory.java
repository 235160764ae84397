package io.arete.rlaif.estimate;

import io.arete.engine.Formula;
import io.arete.engine.inspect.DecoderSizes;
import io.arete.engine.inspect.MemoryFormulas;
import io.arete.engine.inspect.MemoryFormulas.Precision;
import io.arete.engine.nn.LinearGroup;
import io.arete.engine.nn.Projection;
import java.util.EnumSet;
import java.util.Set;

/**
 * Bytes that passes through a decoder hold at their highest; docs/memory.md derives each. Symbols
 * as in {@link MemoryFormulas}; t tokens of the pass, V rows of the embedding.
 *
 * @param sizes of the decoder
 * @param precision what the base is held in
 */
@Formula(paper = "docs/memory.md", eq = "passes")
record PassMemory(DecoderSizes sizes, Precision precision) {

  private static final int FLOAT32_BYTES = 4;
  private static final double REMAINING = 5.5;
  private static final double UNUSED = 0.85;
  private static final double MOST_REMAINING = 1.25 * (1 << 30);
  private static final double ROUNDS = 60;

  /** Products of a row of logits that live at once while its derivative is taken. */
  private static final int LOGITS_LEARNED = 4;

  /** The same where a token is drawn or only a log-probability is read: logits, noise, a sum. */
  private static final int LOGITS_READ = 3;

  /**
   * What a pass learns.
   *
   * @param rank of the adapter; 0 where all weights learn
   * @param targets linear layers whose inputs are kept
   * @param dropout share of those inputs that is dropped
   */
  record Learned(int rank, Set<Projection> targets, double dropout) {

    /** Copies the set. */
    Learned {
      targets = Set.copyOf(targets);
    }
  }

  /**
   * A pass that keeps everything: {@code t · (activations of a token + e · dropped inputs)}, and
   * one block's gradients. With dropout each adapted input's mask stays beside it.
   */
  double recorded(Learned learned, double tokens) {
    return kept(learned, tokens) + reading(tokens);
  }

  private double kept(Learned learned, double tokens) {
    double kept =
        MemoryFormulas.activationsOfToken(sizes, precision, learned.rank(), learned.targets());
    return tokens * (kept + (learned.dropout() > 0 ? masks(learned.targets()) : 0));
  }

  /**
   * A pass that computes its blocks again: {@code t · e · h · (L + 2)} for what goes into each
   * block and one gradient, what one block keeps, and its gradients.
   */
  double blockwise(Learned learned, double tokens) {
    double states =
        tokens * precision.elementBytes() * sizes.shape().hidden() * (sizes.layers() + 2.0);
    return states + kept(learned, tokens) / sizes.layers() + reading(tokens);
  }

  /**
   * A pass that learns nothing: what one block makes, {@code t · (4 · (2h + 2q + 2k) + e · (3h + 3i
   * + q + 2k))}.
   */
  double reading(double tokens) {
    long hidden = sizes.shape().hidden();
    long inner = sizes.shape().inner();
    long queries = sizes.shape().outputs(Projection.Q);
    long keys = sizes.shape().outputs(Projection.K);
    double floats = 2.0 * hidden + 2 * queries + 2 * keys;
    double elements = 3.0 * hidden + 3 * inner + queries + 2 * keys;
    return tokens * (FLOAT32_BYTES * floats + precision.elementBytes() * elements);
  }

  /**
   * Logits of so many rows of which derivatives are taken: {@code rows · V · 4 · 4}, and e of each.
   */
  double logitsLearned(double rows, int vocabulary) {
    return rows * vocabulary * (LOGITS_LEARNED * FLOAT32_BYTES + narrow());
  }

  /** Logits of so many rows that are only read: {@code rows · V · 4 · 3}, and e of each. */
  double logitsRead(double rows, int vocabulary) {
    return rows * vocabulary * (LOGITS_READ * FLOAT32_BYTES + narrow());
  }

  /**
   * The cache of so many rows, all as long as the longest: {@code rows · tokens · L · 2 · k · 4}.
   */
  double cache(double rows, double tokens) {
    return rows * tokens * MemoryFormulas.cacheOfToken(sizes);
  }

  /**
   * The widest layers out of four bits, gate and up, in each lane: {@code lanes · e · 2 · h · i}.
   */
  double scratch(int lanes) {
    return precision == Precision.NF4
        ? 2.0 * lanes * precision.elementBytes() * sizes.shape().hidden() * sizes.shape().inner()
        : 0;
  }

  /**
   * Freed memory that glibc keeps, since tensors of many sizes lie among each other. It was
   * measured to grow with the rounds towards 5.5 times what a round needs, and what another kind of
   * round left is hardly used again: {@code 5.5 · round · (1 - exp(-rounds / 60)) + 0.85 · before}.
   * Tensors of more than 32 MiB are given back, so that each of the two is 1.25 · 2³⁰ at most.
   *
   * @param round bytes that a round allocates and frees
   * @param before the same of other rounds, earlier
   */
  static double remains(double round, double rounds, double before) {
    double grown = Math.min(REMAINING * round, MOST_REMAINING) * -Math.expm1(-rounds / ROUNDS);
    return grown + Math.min(UNUSED * before, MOST_REMAINING);
  }

  /** A block's linear layers out of four bits, in each lane: {@code lanes · e · linear / L}. */
  double expanded(int lanes) {
    return precision == Precision.NF4
        ? (double) lanes * precision.elementBytes() * sizes.linear() / sizes.layers()
        : 0;
  }

  private int narrow() {
    return precision == Precision.FLOAT32 ? 0 : precision.elementBytes();
  }

  /** {@code L · e} for every input that an adapter drops elements of. */
  private double masks(Set<Projection> targets) {
    Set<LinearGroup> groups = EnumSet.noneOf(LinearGroup.class);
    long inputs = 0;
    for (Projection target : targets) {
      if (groups.add(target.group())) {
        inputs += sizes.shape().inputs(target);
      }
    }
    return (double) sizes.layers() * precision.elementBytes() * inputs;
  }
}
