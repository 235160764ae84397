package io.arete.engine.convert;

import io.arete.engine.AreteException;
import io.arete.engine.adapter.MergedWeights;
import io.arete.engine.checkpoint.ModelFolder;
import io.arete.engine.checkpoint.TensorEntry;
import java.nio.file.Path;
import java.util.Optional;

/** Where an export's weights come from: a model folder, with an adapter merged into it or none. */
final class ExportSource implements AutoCloseable {

  private final ModelFolder model;
  private final Optional<MergedWeights> merged;

  private ExportSource(ModelFolder model, Optional<MergedWeights> merged) {
    this.model = model;
    this.merged = merged;
  }

  /**
   * A source; the caller closes it, and the folder.
   *
   * @throws AreteException if the adapter is not one of that model, or has a score head
   */
  static ExportSource open(ModelFolder model, Optional<Path> adapter) {
    Optional<MergedWeights> merged =
        adapter.map(folder -> MergedWeights.open(model.path(), folder));
    if (merged.isPresent() && merged.get().scores()) {
      merged.get().close();
      throw new AreteException(
          "%s has a score head, which the export to GGUF cannot write; name a policy's adapter"
              .formatted(adapter.orElseThrow()));
    }
    return new ExportSource(model, merged);
  }

  /** A weight's elements: what is not merged is read piece by piece from its file. */
  Floats floats(TensorEntry entry) {
    return merged
        .filter(weights -> weights.changes(entry.name()))
        .map(weights -> Floats.of(weights.tensor(entry.name())))
        .orElseGet(() -> StoredFloats.of(model, entry));
  }

  @Override
  public void close() {
    merged.ifPresent(MergedWeights::close);
  }
}
