package io.arete.rlaif.api;

import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One call at a time on something that is closed once, and the wish to end the call under way. This
 * is the thread rule of the whole package.
 */
final class Turns {

  private final String what;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean cancelled;
  private volatile boolean closing;
  private boolean closed;

  /** Calls on what a message calls so, such as {@code This chat session}. */
  Turns(String what) {
    this.what = what;
  }

  /**
   * Waits for its turn and does the work.
   *
   * @throws IllegalStateException if all was closed, or if the work itself calls again
   */
  <T> T call(Supplier<T> work) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException(what + " cannot be called from within a call on it.");
    }
    lock.lock();
    try {
      if (closing) {
        throw new IllegalStateException(what + " is closed.");
      }
      cancelled = false;
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Is called by the work between its steps.
   *
   * @throws CancellationException if the call shall end
   */
  void step() {
    if (cancelled || closing) {
      throw new CancellationException(what + " was told to stop.");
    }
  }

  /** Ends the call under way at its next step; does nothing if there is none. */
  void cancel() {
    cancelled = true;
  }

  /** Ends the call under way at its next step, waits for that, and frees what is owned, once. */
  void close(Runnable free) {
    closing = true;
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException(what + " cannot be closed from within a call on it.");
    }
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        free.run();
      }
    } finally {
      lock.unlock();
    }
  }
}
