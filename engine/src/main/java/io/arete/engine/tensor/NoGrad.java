package io.arete.engine.tensor;

import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.GradMode;

/** While open on a thread, operations there record no graph. */
public final class NoGrad implements AutoCloseable {

  private final AutoGradMode mode;

  private NoGrad(boolean enabled) {
    mode = new AutoGradMode(enabled);
  }

  /** Stops recording until closed. */
  public static NoGrad open() {
    return new NoGrad(false);
  }

  /** Whether operations on the calling thread record a graph. */
  static boolean recording() {
    return GradMode.is_enabled();
  }

  @Override
  public void close() {
    mode.close();
  }
}
