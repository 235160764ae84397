package io.arete.engine.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Threads that compute side by side, one thread an operation each.
 *
 * <p>A small model's operations are too short to be shared out among threads one by one: most of
 * the time goes into waiting for each other, and float32 products use a single thread anyway.
 * Independent parts of a batch run in lanes instead. Which part runs in which lane depends on the
 * parts' order alone, so that results do too.
 */
public final class Lanes {

  private static final List<ExecutorService> WORKERS = new ArrayList<>();

  private Lanes() {}

  /** How many parts are worth making: the calling thread's threads; 1 on other devices. */
  public static int count(Device device) {
    return device.isCpu() ? Threads.count() : 1;
  }

  /**
   * Runs every part, part i in lane i, and waits for all. A single part runs on the calling thread.
   * Whether graphs are recorded is taken from the caller. Tensors that a part returns must be
   * {@link Tensor#own owned}; the caller {@link Tensor#adopt adopts} them.
   *
   * @return the parts' results in order
   * @throws RuntimeException the first failure in the parts' order, after all have ended
   */
  public static <T> List<T> run(List<Callable<T>> parts) {
    if (parts.size() == 1) {
      return List.of(call(parts.get(0)));
    }
    boolean recording = NoGrad.recording();
    List<Future<T>> futures = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Callable<T> part = parts.get(i);
      futures.add(
          worker(i)
              .submit(
                  () -> {
                    if (recording) {
                      return part.call();
                    }
                    try (NoGrad still = NoGrad.open()) {
                      return part.call();
                    }
                  }));
    }
    return results(futures);
  }

  private static <T> List<T> results(List<Future<T>> futures) {
    List<T> results = new ArrayList<>();
    RuntimeException failure = null;
    for (Future<T> future : futures) {
      try {
        results.add(await(future));
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }

  /** Waits to the end whatever happens: a part that still runs uses the caller's tensors. */
  private static <T> T await(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw asUnchecked(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> T call(Callable<T> part) {
    try {
      return part.call();
    } catch (Exception e) {
      throw asUnchecked(e);
    }
  }

  private static RuntimeException asUnchecked(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      return unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(cause);
  }

  private static synchronized ExecutorService worker(int lane) {
    while (WORKERS.size() <= lane) {
      String name = "lane-" + WORKERS.size();
      int threads = Threads.count();
      ExecutorService worker =
          Executors.newSingleThreadExecutor(
              task -> {
                Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                return thread;
              });
      // libtorch takes a new thread's number of threads from the newest setting at its first
      // operation: set and fix it there, then put the setting of all others back.
      call(
          () ->
              worker
                  .submit(
                      () -> {
                        torch.set_num_threads(1);
                        return torch.get_num_threads();
                      })
                  .get());
      torch.set_num_threads(threads);
      WORKERS.add(worker);
    }
    return WORKERS.get(lane);
  }
}
