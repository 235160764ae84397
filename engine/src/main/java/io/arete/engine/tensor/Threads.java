package io.arete.engine.tensor;

import org.bytedeco.pytorch.global.torch;

/** The number of processor threads that libtorch computes with. */
public final class Threads {

  private Threads() {}

  /** Sets the number of threads of one operation; 0 leaves libtorch's own choice. */
  public static void use(int threads) {
    if (threads > 0) {
      torch.set_num_threads(threads);
    }
  }

  /** How many threads one operation uses. */
  public static int count() {
    return torch.get_num_threads();
  }

  /** The instruction set that libtorch dispatches to, such as {@code AVX512}. */
  public static String processor() {
    return torch.get_cpu_capability().getString();
  }
}
