package io.arete.engine.convert;

import io.arete.engine.AreteException;
import io.arete.engine.checkpoint.GgufMetadata;
import io.arete.engine.checkpoint.Quoted;
import java.util.Set;

/**
 * The sizes of a Llama model, from the {@code llama.*} metadata of a GGUF file.
 *
 * @param layers decoder blocks
 * @param hidden width of the residual stream
 * @param intermediate width inside the gated MLP
 * @param heads query heads
 * @param keyValueHeads key and value heads; divides {@code heads}
 * @param headWidth width of one head
 * @param context longest sequence, in tokens
 * @param vocabulary rows of the embedding
 * @param ropeTheta base of the rotary frequencies
 * @param normEpsilon epsilon of the RMS norms
 */
record LlamaShape(
    int layers,
    int hidden,
    int intermediate,
    int heads,
    int keyValueHeads,
    int headWidth,
    int context,
    int vocabulary,
    double ropeTheta,
    double normEpsilon) {

  private static final String PREFIX = "llama.";
  private static final int MAX_SIZE = 1 << 24;
  private static final double DEFAULT_ROPE_THETA = 10_000.0;

  /** All settings that are understood; any other changes what the model computes. */
  private static final Set<String> KNOWN =
      Set.of(
          "block_count",
          "context_length",
          "embedding_length",
          "feed_forward_length",
          "attention.head_count",
          "attention.head_count_kv",
          "attention.key_length",
          "attention.value_length",
          "attention.layer_norm_rms_epsilon",
          "rope.freq_base",
          "rope.dimension_count",
          "vocab_size");

  /**
   * Reads the sizes.
   *
   * @throws AreteException if the architecture is not llama, or a setting is missing, unknown or
   *     contradicts another
   */
  static LlamaShape from(GgufMetadata metadata) {
    String architecture = metadata.text("general.architecture");
    if (!architecture.equals("llama")) {
      throw new AreteException(
          "%s is of the architecture %s, but only llama is imported"
              .formatted(metadata.file(), Quoted.of(architecture)));
    }
    requireKnownSettings(metadata);
    int hidden = size(metadata, "embedding_length");
    int heads = size(metadata, "attention.head_count");
    int keyValueHeads = optionalSize(metadata, "attention.head_count_kv", heads);
    requireDivides(metadata, "attention.head_count", heads, keyValueHeads);
    if (!metadata.values().containsKey(PREFIX + "attention.key_length")) {
      requireDivides(metadata, "embedding_length", hidden, heads);
    }
    int headWidth = optionalSize(metadata, "attention.key_length", hidden / heads);
    requireEqual(metadata, "attention.value_length", headWidth);
    requireEqual(metadata, "rope.dimension_count", headWidth);
    requireDivides(metadata, "attention.key_length", headWidth, 2);
    int vocabulary = metadata.texts("tokenizer.ggml.tokens").size();
    requireEqual(metadata, "vocab_size", vocabulary);
    return new LlamaShape(
        size(metadata, "block_count"),
        hidden,
        size(metadata, "feed_forward_length"),
        heads,
        keyValueHeads,
        headWidth,
        size(metadata, "context_length"),
        vocabulary,
        metadata.positive(PREFIX + "rope.freq_base", DEFAULT_ROPE_THETA),
        normEpsilon(metadata));
  }

  private static void requireKnownSettings(GgufMetadata metadata) {
    for (String key : metadata.values().keySet()) {
      if (key.startsWith(PREFIX) && !KNOWN.contains(key.substring(PREFIX.length()))) {
        throw new AreteException(
            "%s has the setting %s, which is not understood; importing without it would change the model"
                .formatted(metadata.file(), Quoted.of(key)));
      }
    }
  }

  private static int size(GgufMetadata metadata, String key) {
    return (int) metadata.whole(PREFIX + key, 1, MAX_SIZE);
  }

  private static int optionalSize(GgufMetadata metadata, String key, int absent) {
    return (int) metadata.optionalWhole(PREFIX + key, 1, MAX_SIZE).orElse(absent);
  }

  private static double normEpsilon(GgufMetadata metadata) {
    double epsilon = metadata.positive(PREFIX + "attention.layer_norm_rms_epsilon", -1);
    if (epsilon < 0) {
      throw new AreteException(
          metadata.file() + " lacks llama.attention.layer_norm_rms_epsilon, which a model needs");
    }
    return epsilon;
  }

  private static void requireDivides(GgufMetadata metadata, String key, int whole, int divisor) {
    if (whole % divisor != 0) {
      throw new AreteException(
          "%s has %s%s %d, which must be a multiple of %d"
              .formatted(metadata.file(), PREFIX, key, whole, divisor));
    }
  }

  private static void requireEqual(GgufMetadata metadata, String key, int expected) {
    int found = optionalSize(metadata, key, expected);
    if (found != expected) {
      throw new AreteException(
          "%s has %s%s %d, but %d is needed"
              .formatted(metadata.file(), PREFIX, key, found, expected));
    }
  }
}
