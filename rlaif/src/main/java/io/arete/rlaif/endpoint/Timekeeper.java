package io.arete.rlaif.endpoint;

import io.arete.engine.AreteException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The clock that waiting goes by; a test has one of its own. */
public interface Timekeeper {

  /** The machine's. */
  Timekeeper SYSTEM =
      new Timekeeper() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void sleep(long nanos) {
          try {
            TimeUnit.NANOSECONDS.sleep(nanos);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AreteException("waiting for the server was interrupted; start again");
          }
        }
      };

  /** Nanoseconds since some beginning; never goes back. */
  long nanos();

  /** The time of the day. */
  Instant now();

  /** Returns after so many nanoseconds. */
  void sleep(long nanos);
}
