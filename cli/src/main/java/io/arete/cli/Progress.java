package io.arete.cli;

import org.jspecify.annotations.Nullable;

/**
 * How far a long task is, for a person who waits. Never on standard output. Close it at the end,
 * also after a failure.
 */
public sealed interface Progress extends AutoCloseable
    permits ProgressLines, ProgressOnTerminal, Progress.Silent {

  /** Counts {@code units} as done before this start: they do not tell how fast it goes. */
  void skip(long units);

  /** Counts {@code units} more as done. */
  void advance(long units);

  /** Frees the line that is drawn on, for another text; the task goes on below it. */
  void makeWay();

  @Override
  void close();

  /**
   * Begins a task: a bar where standard error is a terminal, else a line now and then, else, if
   * {@code quiet}, nothing.
   *
   * @param task its name, for example {@code feedback}
   * @param unit what is counted, in the plural, for example {@code prompts}
   * @param total how many there are in all, at least 0
   */
  static Progress start(String task, String unit, long total, boolean quiet) {
    if (quiet) {
      return new Silent();
    }
    Integer columns = columns();
    // A dumb terminal, as of an editor, cannot draw over what it has shown.
    return columns == null || "dumb".equals(System.getenv("TERM"))
        ? new ProgressLines(task, unit, total, System.err, System::nanoTime)
        : new ProgressOnTerminal(task, unit, total, columns, System.err);
  }

  /**
   * The terminal's width if standard error is one; the usual one if it reports that it has none.
   */
  static @Nullable Integer columns() {
    Integer told = Integer.getInteger(COLUMNS_PROPERTY);
    return told == null || told > 0 ? told : Integer.valueOf(USUAL_COLUMNS);
  }

  /** The width of a terminal that does not know its own. */
  int USUAL_COLUMNS = 80;

  /** Set by the launcher, to the terminal's width, if standard error is a terminal. */
  String COLUMNS_PROPERTY = "arete.columns";

  /** Says nothing. */
  record Silent() implements Progress {

    @Override
    public void skip(long units) {}

    @Override
    public void advance(long units) {}

    @Override
    public void makeWay() {}

    @Override
    public void close() {}
  }
}
