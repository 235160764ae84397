package io.arete.engine;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a person can act on. The message is one sentence: what is wrong, where, and what
 * to do. The command line prints it as it is, without a stack trace.
 */
public class AreteException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates a failure from its one sentence. */
  public AreteException(String sentence) {
    super(sentence);
  }

  /** Creates a failure from its one sentence and what caused it. */
  public AreteException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
