package io.arete.rlaif.endpoint;

import java.time.Duration;
import java.util.Optional;

/** How one request ended. */
sealed interface Attempt {

  /** The model answered. */
  record Answered(ChatAnswer answer) implements Attempt {}

  /** The question is longer than the model can read. */
  record TooLong() implements Attempt {}

  /**
   * No answer.
   *
   * @param why what happened, the end of a sentence that begins with the server's address
   * @param again whether the same request may succeed later
   * @param pause how long the server asks to wait; empty if it does not say
   * @param everybody whether all requests must wait, or none would be answered, not only this one
   */
  record Failed(String why, boolean again, Optional<Duration> pause, boolean everybody)
      implements Attempt {}
}
