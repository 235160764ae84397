package io.arete.rlaif.config;

/** A value that a setting does not allow; the message says what was found and what is allowed. */
final class WrongValue extends Exception {

  private static final long serialVersionUID = 1L;

  WrongValue(String message) {
    super(message);
  }
}
