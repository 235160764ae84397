package io.arete.engine.quant;

import io.arete.engine.tensor.Device;
import io.arete.engine.tensor.Lanes;
import io.arete.engine.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Blocks shared out among the calling thread's lanes. */
final class BlockShares {

  /** Fewer blocks are done before another thread has woken up. */
  private static final int LEAST = 4096;

  private BlockShares() {}

  /** Does something with the blocks from {@code first} on, before {@code end}, in a scope. */
  @FunctionalInterface
  interface Work {
    void on(int first, int end);
  }

  /**
   * Does all of {@code blocks}, in a lane if the caller is one, else in as many as are worth it.
   */
  static void run(int blocks, Work work) {
    int shares = Math.max(1, Math.min(Lanes.count(Device.CPU), blocks / LEAST));
    List<Callable<Boolean>> parts = new ArrayList<>();
    for (int i = 0; i < shares; i++) {
      int first = (int) ((long) blocks * i / shares);
      int end = (int) ((long) blocks * (i + 1) / shares);
      parts.add(
          () -> {
            try (Scope scope = Scope.open()) {
              work.on(first, end);
              return true;
            }
          });
    }
    Lanes.run(parts);
  }
}
