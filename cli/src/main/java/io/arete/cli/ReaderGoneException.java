package io.arete.cli;

import java.io.IOException;

/** Whoever read standard output has closed it, as {@code head} does: no failure, just the end. */
final class ReaderGoneException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private ReaderGoneException(IOException cause) {
    super(cause);
  }

  /** Throws this if the write failed because nobody reads any more, else returns. */
  static void throwIfGone(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("Broken pipe")
        || message.contains("pipe is being closed")
        || message.contains("pipe has been ended")) {
      throw new ReaderGoneException(failure);
    }
  }
}
