package io.arete.engine.generate;

import io.arete.engine.nn.Attention;
import io.arete.engine.tensor.Tensor;

/** Attention over the prompts' forest that also fills the cache rows of their sequences. */
final class PrefillAttention implements Attention {

  private final Attention forest;
  private final KeyValueCache cache;
  private final Tensor sources;
  private final Tensor places;

  /**
   * Copies on the way.
   *
   * @param sources flat forest indices, one for each token of each sequence
   * @param places where each goes in the cache
   */
  PrefillAttention(Attention forest, KeyValueCache cache, Tensor sources, Tensor places) {
    this.forest = forest;
    this.cache = cache;
    this.sources = sources;
    this.places = places;
  }

  @Override
  public Tensor attend(int layer, Tensor queries, Tensor keys, Tensor values) {
    cache.write(layer, places, keys.indexSelect(0, sources), values.indexSelect(0, sources));
    return forest.attend(layer, queries, keys, values);
  }
}
