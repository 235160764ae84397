package io.arete.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is opened on the way and closed at the end, the last one first. */
final class Closing implements AutoCloseable {

  private final Deque<Runnable> opened = new ArrayDeque<>();

  /** Keeps something; returns it. */
  <T> T add(T one, Runnable close) {
    opened.push(close);
    return one;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      opened.pop().run();
    }
  }
}
