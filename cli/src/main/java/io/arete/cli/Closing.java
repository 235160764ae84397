package io.arete.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is opened on the way and closed at the end, the last one first. */
final class Closing implements AutoCloseable {

  /** Something whose closing throws nothing that must be caught. */
  interface Open extends AutoCloseable {
    @Override
    void close();
  }

  private final Deque<Open> opened = new ArrayDeque<>();

  /** Keeps something; returns it. */
  <T extends AutoCloseable> T add(T one) {
    opened.push(
        () -> {
          try {
            one.close();
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    return one;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
