package io.arete.rlaif.estimate;

import java.util.Locale;

/** What memory is needed for. */
public enum Part {
  /** Java's heap and code, libtorch, the tokenizer. */
  PROCESS("the JVM and its libraries"),
  /** The base's weights, and another judge's. */
  BASE("the weights of the base"),
  /** Weights once more, in the order that steps of generation want. */
  PACKED("the base's copy for generation"),
  /** Adapters, or where all weights are tuned the models beside the base. */
  MODELS("adapters and models over the base"),
  /** Gradients and AdamW's moments. */
  TRAINING("gradients and optimizer"),
  /** What passes hold. */
  ACTIVATIONS("the activations of a pass"),
  /** Keys and values of conversations that are being written. */
  CACHE("the key-value cache"),
  /** Freed memory that the C library keeps for itself. */
  KEPT("freed memory that is kept");

  private final String words;

  Part(String words) {
    this.words = words;
  }

  /** The part in words. */
  public String words() {
    return words;
  }

  /** Its name in JSON. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
