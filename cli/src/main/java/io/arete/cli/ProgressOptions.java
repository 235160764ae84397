package io.arete.cli;

import picocli.CommandLine.Option;

/** The option of every command that takes long. */
public final class ProgressOptions {

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  /** Whether nothing shall be shown. */
  boolean quiet() {
    return quiet;
  }

  /** Begins a task of the command; see {@link Progress#start}. */
  public Progress start(String task, String unit, long total) {
    return Progress.start(task, unit, total, quiet);
  }
}
