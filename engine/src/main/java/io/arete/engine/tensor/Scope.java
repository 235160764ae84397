package io.arete.engine.tensor;

import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/**
 * Owns the native memory of every tensor made on this thread while it is the innermost open scope.
 *
 * <p>Open one per step and per block with try-with-resources; {@link #keep} lets a result survive
 * into the scope around. Without scopes, memory grows until the collector happens to run, which
 * cannot see how large a tensor is.
 */
public final class Scope implements AutoCloseable {

  private final @Nullable PointerScope outer;
  private final PointerScope inner;

  private Scope() {
    outer = PointerScope.getInnerScope();
    inner = new PointerScope();
  }

  /** Opens a scope on the calling thread. */
  public static Scope open() {
    return new Scope();
  }

  /** Hands {@code tensor} to the scope around this one (or to its own reference count). */
  public Tensor keep(Tensor tensor) {
    if (outer == null) {
      tensor.raw.retainReference();
    } else {
      outer.attach(tensor.raw);
    }
    return tensor;
  }

  @Override
  public void close() {
    inner.close();
  }
}
