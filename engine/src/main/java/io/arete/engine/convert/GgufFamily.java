package io.arete.engine.convert;

import java.util.Arrays;
import java.util.Optional;

/** The architectures that go both ways between GGUF and Hugging Face, a row each. */
enum GgufFamily {
  /** Llama, and what computes like it: Mistral without a sliding window, SmolLM2. */
  LLAMA("llama", "LlamaForCausalLM", true, Biases.ALL_OR_NONE, false),
  QWEN2("qwen2", "Qwen2ForCausalLM", false, Biases.QUERY_KEY_VALUE, false),
  QWEN3("qwen3", "Qwen3ForCausalLM", false, Biases.NONE, true);

  /** Which projections of the attention have biases. */
  enum Biases {
    /** Query, key, value and output, or none: the file says. */
    ALL_OR_NONE,
    /** Always query, key and value, never the output. */
    QUERY_KEY_VALUE,
    NONE
  }

  private final String architecture;
  private final String className;
  private final boolean rotaryPairs;
  private final Biases biases;
  private final boolean headNorms;

  GgufFamily(
      String architecture,
      String className,
      boolean rotaryPairs,
      Biases biases,
      boolean headNorms) {
    this.architecture = architecture;
    this.className = className;
    this.rotaryPairs = rotaryPairs;
    this.biases = biases;
    this.headNorms = headNorms;
  }

  /** The family with that name of GGUF's. */
  static Optional<GgufFamily> ofArchitecture(String architecture) {
    return Arrays.stream(values())
        .filter(family -> family.architecture.equals(architecture))
        .findFirst();
  }

  /** GGUF's {@code general.architecture}; also the model type in config.json. */
  String architecture() {
    return architecture;
  }

  /** The class of transformers. */
  String className() {
    return className;
  }

  /**
   * Whether llama.cpp turns neighbouring rows of a query or key head, so that their halves must lie
   * interleaved in GGUF; otherwise rows lie there as in Hugging Face.
   */
  boolean rotaryPairs() {
    return rotaryPairs;
  }

  Biases biases() {
    return biases;
  }

  /** Whether each query and key head is normalised before it is turned. */
  boolean headNorms() {
    return headNorms;
  }
}
