package io.arete.engine;

import io.arete.engine.adapter.Adapter;
import io.arete.engine.adapter.LoraConfig;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Dtype;
import io.arete.engine.tensor.Scope;
import io.arete.engine.tensor.Tensors;
import io.arete.engine.tensor.Threads;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** The tiny Llama of the reference values, with random adapters and texts for it. */
public final class TinyModels {

  private static final int VOCABULARY = 199;

  static {
    // So small a model has no work for two threads; on a busy machine they wait for each other.
    Threads.use(1);
  }

  private TinyModels() {}

  /** Hidden 32, 4 heads on 2 key heads, 2 blocks, 199 ids, 128 positions. The caller closes it. */
  public static DecoderModel llama(Dtype dtype) {
    return of("llama", dtype);
  }

  /** A model of another family, as small, in float32. The caller closes it. */
  public static DecoderModel of(String family) {
    return of(family, Dtype.FLOAT32);
  }

  /** As {@link #of(String)}, in another element type. */
  public static DecoderModel of(String family, Dtype dtype) {
    return DecoderModel.load(GoldenFiles.path(family), dtype, Device.CPU);
  }

  /** An adapter of all linear layers that changes a lot: nothing in it is 0. */
  public static Adapter adapter(DecoderModel model, boolean withHead, long seed) {
    return adapter(model, everywhere(model, 4, 8, 0), withHead, seed);
  }

  /** The form of an adapter of all linear layers. */
  public static LoraConfig everywhere(DecoderModel model, int rank, double alpha, double dropout) {
    return LoraConfig.of(
        rank, alpha, dropout, EnumSet.copyOf(model.config().family().projections()));
  }

  /** An adapter of that form, all its weights drawn at random. */
  public static Adapter adapter(
      DecoderModel model, LoraConfig config, boolean withHead, long seed) {
    Adapter adapter = Adapter.zeros(config, model.config(), withHead ? 1 : 0, Device.CPU);
    try (Scope scope = Scope.open()) {
      long total = adapter.parameters().values().elements();
      adapter.parameters().values().copyInPlace(Tensors.normal(Device.CPU, seed, 0.1, total));
    }
    return adapter;
  }

  /**
   * Random sequences, most of which begin as an earlier one does; one may equal another or be the
   * beginning of another.
   *
   * @param longest most tokens of one
   */
  public static List<int[]> sequences(CountedRandom random, int count, int longest) {
    List<int[]> sequences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CountedRandom draws = random.at(i);
      int[] sequence = new int[1 + draws.below(longest, 0)];
      for (int j = 0; j < sequence.length; j++) {
        sequence[j] = draws.below(VOCABULARY, j + 2L);
      }
      if (i > 0 && draws.uniform(1) < 0.8) {
        int[] other = sequences.get(draws.at("which").below(i, 0));
        int most = Math.min(other.length, sequence.length);
        int shared = draws.at("shared").below(most + 1, 0);
        System.arraycopy(other, 0, sequence, 0, shared);
      }
      sequences.add(sequence);
    }
    return sequences;
  }

  /** Does something with that many threads, then goes back to one. */
  public static void withThreads(int threads, Runnable work) {
    Threads.use(threads);
    try {
      work.run();
    } finally {
      Threads.use(1);
    }
  }
}
