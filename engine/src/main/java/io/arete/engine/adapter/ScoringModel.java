package io.arete.engine.adapter;

import io.arete.engine.AreteException;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.ScalarHead;
import io.arete.engine.tensor.NoGrad;
import io.arete.engine.tensor.Scope;
import java.nio.file.Path;
import java.util.List;

/**
 * A reward model or a critic from a folder: an adapter with a head over a base, or a whole model
 * with one. Heads are float32.
 */
public final class ScoringModel implements AutoCloseable {

  private final StackedModel model;
  private final ScalarHead head;

  private ScoringModel(StackedModel model, ScalarHead head) {
    this.model = model;
    this.head = head;
  }

  /**
   * Reads a folder. The caller closes it.
   *
   * @param base what an adapter stands on, borrowed; a whole model is loaded in its element type
   * @throws AreteException if the folder holds neither, or has no head of one class
   */
  public static ScoringModel open(Path folder, DecoderModel base) {
    if (AdapterFiles.isAdapter(folder)) {
      // Nothing is kept of an adapter but what it adds and its head.
      try (Adapter adapter = AdapterFiles.read(folder, base.config(), base.device())) {
        return of(base, adapter, adapter.head().orElseThrow(() -> headless(folder)));
      }
    }
    StackedModel whole = StackedModel.open(folder, base);
    try {
      return of(whole, whole.decoder().score().orElseThrow(() -> headless(folder)));
    } catch (RuntimeException e) {
      whole.close();
      throw e;
    }
  }

  /**
   * A snapshot of an adapter with one of its heads. The caller closes it, and may close the adapter
   * before.
   *
   * @param base borrowed
   */
  public static ScoringModel of(DecoderModel base, Adapter adapter, ScalarHead head) {
    return of(StackedModel.frozen(base, new AdapterStack(List.of(adapter))), head);
  }

  private static ScoringModel of(StackedModel model, ScalarHead head) {
    try (NoGrad still = NoGrad.open();
        Scope scope = Scope.open()) {
      return new ScoringModel(model, new ScalarHead(head.weight().copy().own()));
    }
  }

  private static AreteException headless(Path folder) {
    return new AreteException(
        folder + " has no score head; name a reward model's folder (task SEQ_CLS)");
  }

  /** What computes the hidden states. */
  public StackedModel model() {
    return model;
  }

  /** What reads the score. */
  public ScalarHead head() {
    return head;
  }

  /** Whether both compute the same hidden states over one base, so that one pass serves both. */
  public boolean readsAs(ScoringModel other) {
    return model.decoder() == other.model.decoder()
        && model.adapters() instanceof FrozenStack ours
        && other.model.adapters() instanceof FrozenStack theirs
        && ours.addsTheSameAs(theirs);
  }

  @Override
  public void close() {
    model.close();
    head.weight().close();
  }
}
