package io.arete.engine.adapter;

import io.arete.engine.AreteException;
import io.arete.engine.forest.Forest;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.Adapters;
import io.arete.engine.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A decoder with what stands on it, for inference: who speaks, judges or scores. Either a base that
 * others share with additions of its own, or, where all weights were trained, a decoder of its own.
 */
public final class StackedModel implements AutoCloseable {

  private final DecoderModel decoder;
  private final Adapters adapters;
  private final List<AutoCloseable> owned;

  private StackedModel(DecoderModel decoder, Adapters adapters, List<AutoCloseable> owned) {
    this.decoder = decoder;
    this.adapters = adapters;
    this.owned = owned;
  }

  /** A decoder, borrowed, with additions, borrowed. */
  public static StackedModel over(DecoderModel base, Adapters additions) {
    return new StackedModel(base, additions, List.of());
  }

  /** A decoder alone, borrowed. */
  public static StackedModel plain(DecoderModel base) {
    return over(base, Adapters.NONE);
  }

  /** A decoder alone, which is closed with this. */
  public static StackedModel owning(DecoderModel whole) {
    return new StackedModel(whole, Adapters.NONE, List.of(whole));
  }

  /**
   * A base, borrowed, with a snapshot of adapters in its element type. The caller closes it, and
   * may close the adapters before.
   */
  public static StackedModel frozen(DecoderModel base, AdapterStack stack) {
    if (stack.adapters().isEmpty()) {
      return plain(base);
    }
    FrozenStack frozen = stack.frozen(base.config().layers(), base.dtype());
    return new StackedModel(base, frozen, List.of(frozen));
  }

  /** Whether a folder holds what {@link #open} reads. */
  public static boolean isThere(Path folder) {
    return AdapterFiles.isAdapter(folder) || isWhole(folder);
  }

  /** Whether a folder holds a model with all its weights. */
  public static boolean isWhole(Path folder) {
    return Files.isRegularFile(folder.resolve("config.json"));
  }

  /**
   * Reads what a training left: an adapter of the base, or a whole model, which is loaded in the
   * base's element type. The caller closes it.
   *
   * @param base borrowed
   * @throws AreteException if the folder holds neither, or what does not fit
   */
  public static StackedModel open(Path folder, DecoderModel base) {
    if (AdapterFiles.isAdapter(folder)) {
      try (Adapter adapter = AdapterFiles.read(folder, base.config(), base.device())) {
        return frozen(base, new AdapterStack(List.of(adapter)));
      }
    }
    if (isWhole(folder)) {
      return owning(DecoderModel.load(folder, base.dtype(), base.device()));
    }
    throw new AreteException(
        folder + " holds neither an adapter nor a model; run the stage that makes it first");
  }

  /** What computes. */
  public DecoderModel decoder() {
    return decoder;
  }

  /** What is added to its linear layers. */
  public Adapters adapters() {
    return adapters;
  }

  /** Hidden states before the final normalisation, {@code [tokens, hidden]}, without a graph. */
  public Tensor read(Forest forest) {
    return decoder.read(forest, adapters);
  }

  /** As {@link #read}, of the tokens with these flat indices alone, {@code [rows, hidden]}. */
  public Tensor readRows(Forest forest, int[] rows) {
    return decoder.readRows(forest, adapters, rows);
  }

  @Override
  public void close() {
    try {
      for (AutoCloseable one : owned) {
        one.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
