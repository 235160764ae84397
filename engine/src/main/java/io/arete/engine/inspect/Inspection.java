package io.arete.engine.inspect;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a folder or file holds.
 *
 * @param kind what it is
 * @param files how many files it has; 1 for a file
 * @param bytes their size on disk
 * @param tensors all tensors, in the order of their names or of the file
 * @param settings what its configuration says, under its own keys, in its own order
 * @param sizes the sizes of the decoder, if the configuration says them
 * @param refusal why the engine cannot use it, if it cannot
 */
public record Inspection(
    Kind kind,
    int files,
    long bytes,
    List<TensorFact> tensors,
    Map<String, String> settings,
    Optional<DecoderSizes> sizes,
    Optional<String> refusal) {

  /** What something is. */
  public enum Kind {
    MODEL_FOLDER("model folder"),
    ADAPTER("adapter"),
    REWARD_MODEL("reward model (adapter with a score head)"),
    SAFETENSORS("safetensors file"),
    GGUF("GGUF file");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** The kind in words. */
    public String words() {
      return words;
    }
  }

  /**
   * A tensor.
   *
   * @param dtype the name of its element type or block format
   * @param shape dimensions, outermost first
   * @param elements their product
   * @param bytes its bytes in the file
   */
  public record TensorFact(String name, String dtype, List<Long> shape, long elements, long bytes) {

    public TensorFact {
      shape = List.copyOf(shape);
    }
  }

  public Inspection {
    tensors = List.copyOf(tensors);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** The number of all tensors' elements. */
  public long parameters() {
    return tensors.stream().mapToLong(TensorFact::elements).sum();
  }

  /** How many tensors each element type has, most first. */
  public Map<String, Integer> tensorsByDtype() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    tensors.forEach(tensor -> counts.merge(tensor.dtype(), 1, Integer::sum));
    Map<String, Integer> ordered = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    return ordered;
  }
}
