package io.arete.cli;

import io.arete.engine.inspect.DecoderSizes;
import io.arete.engine.inspect.MemoryFormulas;
import io.arete.engine.inspect.MemoryFormulas.Precision;
import io.arete.engine.nn.Projection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The memory of a decoder, in bytes, as it is shown.
 *
 * @param weights of the base, in each of its forms
 * @param cacheOfToken keys and values of a token while generating
 * @param adapterParameters weights of the adapter
 * @param activationsOfToken what training keeps of a token, in each form of the base
 */
record MemoryNeeds(
    Map<Precision, Long> weights,
    long cacheOfToken,
    long adapterParameters,
    Map<Precision, Long> activationsOfToken) {

  /**
   * The adapter that is reckoned with.
   *
   * @param rank its rank
   * @param targets the layers that it adapts
   */
  record Lora(int rank, Set<Projection> targets) {}

  static MemoryNeeds of(DecoderSizes sizes, Lora lora) {
    Map<Precision, Long> weights = new EnumMap<>(Precision.class);
    Map<Precision, Long> activations = new EnumMap<>(Precision.class);
    for (Precision form : Precision.values()) {
      weights.put(form, MemoryFormulas.weights(sizes, form));
      activations.put(
          form, MemoryFormulas.activationsOfToken(sizes, form, lora.rank(), lora.targets()));
    }
    return new MemoryNeeds(
        weights,
        MemoryFormulas.cacheOfToken(sizes),
        MemoryFormulas.adapterParameters(sizes, lora.rank(), lora.targets()),
        activations);
  }
}
