package io.arete.engine.convert;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import io.arete.engine.checkpoint.GgmlType;
import io.arete.engine.checkpoint.GgufFile;
import io.arete.engine.checkpoint.GgufMetadata;
import io.arete.engine.checkpoint.GgufTensor;
import io.arete.engine.nn.RotaryScaling;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Reads a decoder's shape from the metadata of a GGUF file, under its architecture's prefix. */
final class GgufShape {

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
          "rope.scaling.type",
          "rope.scaling.factor",
          "vocab_size");

  private final GgufFile file;
  private final GgufMetadata metadata;
  private final GgufFamily family;
  private final String prefix;

  private GgufShape(GgufFile file, GgufFamily family) {
    this.file = file;
    this.metadata = file.metadata();
    this.family = family;
    this.prefix = family.architecture() + ".";
  }

  /**
   * Reads the shape.
   *
   * @throws AreteException if the architecture is not imported, or a setting is missing, unknown or
   *     contradicts another
   */
  static DecoderShape read(GgufFile file) {
    GgufMetadata metadata = file.metadata();
    String architecture = metadata.text("general.architecture");
    GgufFamily family =
        GgufFamily.ofArchitecture(architecture)
            .orElseThrow(
                () ->
                    new AreteException(
                        "%s is of the architecture %s, but only %s are imported"
                            .formatted(
                                metadata.file(),
                                Quoted.of(architecture),
                                Arrays.stream(GgufFamily.values())
                                    .map(GgufFamily::architecture)
                                    .toList())));
    return new GgufShape(file, family).shape();
  }

  private DecoderShape shape() {
    requireKnownSettings();
    int hidden = size("embedding_length");
    int heads = size("attention.head_count");
    int keyValueHeads = optionalSize("attention.head_count_kv", heads);
    requireDivides("attention.head_count", heads, keyValueHeads);
    if (!metadata.values().containsKey(prefix + "attention.key_length")) {
      requireDivides("embedding_length", hidden, heads);
    }
    int headWidth = optionalSize("attention.key_length", hidden / heads);
    requireEqual("attention.value_length", headWidth);
    requireEqual("rope.dimension_count", headWidth);
    requireDivides("attention.key_length", headWidth, 2);
    int vocabulary = metadata.texts("tokenizer.ggml.tokens").size();
    requireEqual("vocab_size", vocabulary);
    double theta = metadata.positive(prefix + "rope.freq_base", DEFAULT_ROPE_THETA);
    return new DecoderShape(
        family,
        size("block_count"),
        hidden,
        size("feed_forward_length"),
        heads,
        keyValueHeads,
        headWidth,
        size("context_length"),
        vocabulary,
        theta,
        ropeScaling(theta, headWidth),
        normEpsilon(),
        attentionBias(),
        file.tensors().containsKey(TensorRow.GATE_BIAS),
        !file.tensors().containsKey(TensorRow.OUTPUT));
  }

  /** A bias where the family allows none is then a tensor that is not understood. */
  private boolean attentionBias() {
    return switch (family.biases()) {
      case ALL_OR_NONE -> file.tensors().containsKey(TensorRow.QUERY_BIAS);
      case QUERY_KEY_VALUE -> true;
      case NONE -> false;
    };
  }

  private RotaryScaling ropeScaling(double theta, int headWidth) {
    String type = metadata.optionalText(prefix + "rope.scaling.type").orElse("none");
    GgufTensor factors = file.tensors().get(RopeFactors.TENSOR);
    return switch (type) {
      case "linear" -> {
        if (factors != null) {
          throw new AreteException(
              "%s has both linear rotary scaling and the tensor %s, which is not understood"
                  .formatted(metadata.file(), RopeFactors.TENSOR));
        }
        double factor = metadata.positive(prefix + "rope.scaling.factor", 1);
        yield factor == 1 ? new RotaryScaling.None() : new RotaryScaling.Linear(factor);
      }
      case "none" -> factors == null ? new RotaryScaling.None() : llama3(factors, theta, headWidth);
      default ->
          throw new AreteException(
              "%s has the rotary scaling %s, but only none and linear are imported"
                  .formatted(metadata.file(), Quoted.of(type)));
    };
  }

  private RotaryScaling llama3(GgufTensor tensor, double theta, int headWidth) {
    if (!family.equals(GgufFamily.LLAMA)
        || !tensor.type().equals(GgmlType.F32)
        || !tensor.shape().equals(List.of((long) headWidth / 2))) {
      throw new AreteException(
          "%s has the tensor %s of shape %s as %s, but only a llama's of shape [%d] as F32 is imported"
              .formatted(
                  metadata.file(),
                  RopeFactors.TENSOR,
                  tensor.shape(),
                  tensor.type(),
                  headWidth / 2));
    }
    ByteBuffer bytes = file.read(tensor, 0, (int) tensor.bytes());
    float[] factors = new float[headWidth / 2];
    bytes.asFloatBuffer().get(factors);
    return RopeFactors.rule(factors, theta, headWidth)
        .orElseThrow(
            () ->
                new AreteException(
                    "%s has the tensor %s with other factors than Llama 3's rule gives; importing without it would change the model"
                        .formatted(metadata.file(), RopeFactors.TENSOR)));
  }

  private void requireKnownSettings() {
    for (String key : metadata.values().keySet()) {
      if (key.startsWith(prefix) && !KNOWN.contains(key.substring(prefix.length()))) {
        throw new AreteException(
            "%s has the setting %s, which is not understood; importing without it would change the model"
                .formatted(metadata.file(), Quoted.of(key)));
      }
    }
  }

  private int size(String key) {
    return (int) metadata.whole(prefix + key, 1, DecoderShape.MAX_SIZE);
  }

  private int optionalSize(String key, int absent) {
    return (int) metadata.optionalWhole(prefix + key, 1, DecoderShape.MAX_SIZE).orElse(absent);
  }

  private double normEpsilon() {
    String key = prefix + "attention.layer_norm_rms_epsilon";
    double epsilon = metadata.positive(key, -1);
    if (epsilon < 0) {
      throw new AreteException("%s lacks %s, which a model needs".formatted(metadata.file(), key));
    }
    return epsilon;
  }

  private void requireDivides(String key, int whole, int divisor) {
    if (whole % divisor != 0) {
      throw new AreteException(
          "%s has %s%s %d, which must be a multiple of %d"
              .formatted(metadata.file(), prefix, key, whole, divisor));
    }
  }

  private void requireEqual(String key, int expected) {
    int found = optionalSize(key, expected);
    if (found != expected) {
      throw new AreteException(
          "%s has %s%s %d, but %d is needed"
              .formatted(metadata.file(), prefix, key, found, expected));
    }
  }
}
