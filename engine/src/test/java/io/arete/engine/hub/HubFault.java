package io.arete.engine.hub;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What the test server does wrong, once or several times, with requests of one kind. */
sealed interface HubFault {

  /** An answer with that status and nothing of what was asked. */
  record Status(int status, Map<String, String> headers, String body) implements HubFault {}

  /** So many bytes of the content, then the connection ends. */
  record Cut(long bytes) implements HubFault {}

  /** The right number of bytes, the first of them wrong. */
  record Wrong() implements HubFault {}

  /** So many bytes, then silence until {@code end}; {@code reached} tells the test. */
  record Hold(long bytes, CountDownLatch reached, CountDownLatch end) implements HubFault {

    /** Tells the test, and returns at the end. */
    void silence() {
      reached.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
