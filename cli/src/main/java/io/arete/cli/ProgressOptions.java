package io.arete.cli;

import picocli.CommandLine.Option;

/** The option of every command that takes long. */
public final class ProgressOptions {

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  /** As the command line will say. */
  public ProgressOptions() {}

  /** For a command that reads its options itself. */
  ProgressOptions(boolean quiet) {
    this.quiet = quiet;
  }

  /** Whether nothing shall be shown. */
  boolean quiet() {
    return quiet;
  }

  /** Begins a task of the command; see {@link Progress#start}. */
  public Progress start(String task, String unit, long total) {
    return Progress.start(task, unit, total, quiet);
  }
}
