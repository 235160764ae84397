package io.arete.engine.hub;

import io.arete.engine.AreteException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs transfers on a few threads; the first failure ends them all. */
final class SideBySide {

  private SideBySide() {}

  static void run(List<Runnable> transfers, int threads) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      ExecutorCompletionService<Boolean> ends = new ExecutorCompletionService<>(pool);
      List<Future<Boolean>> begun = new ArrayList<>();
      transfers.forEach(transfer -> begun.add(ends.submit(transfer, true)));
      for (int i = 0; i < begun.size(); i++) {
        ends.take().get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AreteException("the transfer was interrupted; start again, it goes on", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
