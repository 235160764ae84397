package io.arete.engine.inspect;

import io.arete.engine.model.Families;
import io.arete.engine.model.Family;
import io.arete.engine.model.ModelConfig;
import io.arete.engine.nn.BlockShape;
import java.util.Optional;

/**
 * The sizes of a decoder on which its memory depends.
 *
 * @param shape sizes of each block
 * @param layers number of blocks
 * @param linear weights of the blocks' linear layers, those that 4 bits are for
 * @param other all other weights: embedding, head, norms, biases
 */
public record DecoderSizes(BlockShape shape, int layers, long linear, long other) {

  private static final int MOST_LAYERS = 1 << 16;
  private static final int MOST_WIDTH = 1 << 22;

  /**
   * The sizes of a Llama-form decoder without biases.
   *
   * @param vocabulary rows of the embedding
   * @param tiedHead whether the embedding is also the head
   */
  public static DecoderSizes llama(BlockShape shape, int layers, int vocabulary, boolean tiedHead) {
    long linear = layers * linear(shape, Families.LLAMA);
    long tables = (tiedHead ? 1L : 2L) * vocabulary * shape.hidden();
    long norms = (2L * layers + 1) * shape.hidden();
    return new DecoderSizes(shape, layers, linear, tables + norms);
  }

  /** The sizes of a decoder; biases, which weigh little, are not counted. */
  public static DecoderSizes of(ModelConfig config) {
    DecoderSizes llama =
        llama(
            config.shape(),
            config.layers(),
            config.vocabulary(),
            config.head() != ModelConfig.Head.OWN);
    return new DecoderSizes(
        config.shape(),
        config.layers(),
        config.layers() * linear(config.shape(), config.family()),
        llama.other());
  }

  private static long linear(BlockShape shape, Family family) {
    return family.projections().stream()
        .mapToLong(projection -> (long) shape.inputs(projection) * shape.outputs(projection))
        .sum();
  }

  /**
   * The sizes that an untrusted file claims, or empty if they are beyond any model's, so that no
   * sum of {@link MemoryFormulas} overflows.
   */
  static Optional<DecoderSizes> claimed(BlockShape shape, int layers, long linear, long other) {
    boolean fits =
        layers <= MOST_LAYERS
            && shape.hidden() <= MOST_WIDTH
            && shape.inner() <= MOST_WIDTH
            && (long) shape.heads() * shape.headWidth() <= MOST_WIDTH
            && (long) shape.keyHeads() * shape.headWidth() <= MOST_WIDTH;
    return fits ? Optional.of(new DecoderSizes(shape, layers, linear, other)) : Optional.empty();
  }

  /** All weights. */
  public long parameters() {
    return linear + other;
  }
}
