package io.arete.cli;

/** How the process ends, for scripts. */
public enum ExitCode {
  /** Everything asked for was done. */
  DONE(0),
  /** Something failed; standard error says what. */
  ERROR(1),
  /** The arguments are wrong; nothing was begun. */
  USAGE(2),
  /** A gate stopped the run, with its reason and remedy. */
  STOPPED(3);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number that the shell sees. */
  public int code() {
    return code;
  }
}
