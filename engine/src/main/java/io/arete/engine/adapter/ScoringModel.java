package io.arete.engine.adapter;

import io.arete.engine.AreteException;
import io.arete.engine.model.DecoderModel;
import io.arete.engine.nn.ScalarHead;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A reward model or a critic from a folder: an adapter with a head over a base, or a whole model
 * with one. Heads are float32.
 */
public final class ScoringModel implements AutoCloseable {

  private final StackedModel model;
  private final ScalarHead head;
  private final Optional<Adapter> adapter;

  private ScoringModel(StackedModel model, ScalarHead head, Optional<Adapter> adapter) {
    this.model = model;
    this.head = head;
    this.adapter = adapter;
  }

  /**
   * Reads a folder. The caller closes it.
   *
   * @param base what an adapter stands on, borrowed; a whole model is loaded in its element type
   * @throws AreteException if the folder holds neither, or has no head of one class
   */
  public static ScoringModel open(Path folder, DecoderModel base) {
    if (AdapterFiles.isAdapter(folder)) {
      return overBase(folder, base);
    }
    StackedModel whole = StackedModel.open(folder, base);
    try {
      ScalarHead head = whole.decoder().score().orElseThrow(() -> headless(folder));
      return new ScoringModel(whole, head, Optional.empty());
    } catch (RuntimeException e) {
      whole.close();
      throw e;
    }
  }

  private static ScoringModel overBase(Path folder, DecoderModel base) {
    Adapter adapter = AdapterFiles.read(folder, base.config(), base.device());
    try {
      ScalarHead head = adapter.head().orElseThrow(() -> headless(folder));
      StackedModel model = StackedModel.frozen(base, new AdapterStack(List.of(adapter)));
      return new ScoringModel(model, head, Optional.of(adapter));
    } catch (RuntimeException e) {
      adapter.close();
      throw e;
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
    return adapter.isPresent()
        && other.adapter.isPresent()
        && adapter.get().addsTheSameAs(other.adapter.get());
  }

  @Override
  public void close() {
    model.close();
    adapter.ifPresent(Adapter::close);
  }
}
