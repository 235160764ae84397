package io.arete.rlaif.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Several pieces of work under way at once; the first that fails ends the rest. */
final class Workers {

  private Workers() {}

  /** One piece of work. */
  interface Work {
    /**
     * Does it.
     *
     * @param stopped whether another one has failed
     */
    void run(int item, BooleanSupplier stopped);
  }

  /**
   * Does all, and returns when nothing is under way any more. After a failure nothing new begins,
   * but what is under way comes to its end.
   *
   * @throws RuntimeException that of the first item in the list that failed
   */
  static void run(int threads, List<Integer> items, Work work) {
    if (items.isEmpty()) {
      return;
    }
    AtomicBoolean stopped = new AtomicBoolean();
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.min(threads, items.size()), Workers::thread);
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int item : items) {
        ends.add(pool.submit(() -> one(item, work, stopped)));
      }
      List<RuntimeException> failures = new ArrayList<>();
      for (Future<?> end : ends) {
        end(end, failures);
      }
      if (!failures.isEmpty()) {
        throw failures.get(0);
      }
    } finally {
      pool.shutdown();
    }
  }

  private static void one(int item, Work work, AtomicBoolean stopped) {
    if (!stopped.get()) {
      try {
        work.run(item, stopped::get);
      } catch (RuntimeException | Error e) {
        stopped.set(true);
        throw e;
      }
    }
  }

  private static void end(Future<?> end, List<RuntimeException> failures) {
    try {
      end.get();
    } catch (ExecutionException e) {
      failures.add(
          e.getCause() instanceof RuntimeException failure
              ? failure
              : new IllegalStateException(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failures.add(new IllegalStateException("interrupted while questions were under way"));
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "endpoint");
    thread.setDaemon(true);
    return thread;
  }
}
