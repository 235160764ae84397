package io.arete.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Function;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A bar with rate and remaining time, drawn over itself. It begins with the first word of what was
 * done, since what was done before does not count for its rate.
 */
final class ProgressOnTerminal implements Progress {

  private static final int NARROWEST = 40;
  private static final int WIDEST = 120;
  private static final int REDRAW_MILLIS = 500;

  private final PrintStream terminal;
  private final int width;
  private final Function<Long, ProgressBar> bars;
  private @Nullable ProgressBar bar;

  /**
   * Draws on {@code terminal}, {@code columns} wide; the width is given, or else the library would
   * search for it through native code.
   */
  ProgressOnTerminal(String task, String unit, long total, int columns, PrintStream terminal) {
    this.terminal = terminal;
    width = Math.max(NARROWEST, Math.min(columns, WIDEST)) - 1;
    bars =
        start ->
            new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(" " + unit, 1)
                .setInitialMax(total)
                .startsFrom(start, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setMaxRenderedLength(width)
                .setConsumer(new ConsoleProgressBarConsumer(terminal, width))
                .showSpeed()
                .build();
  }

  @Override
  public void skip(long units) {
    bar = bars.apply(units);
  }

  @Override
  public void advance(long units) {
    bar().stepBy(units);
  }

  @Override
  public void makeWay() {
    terminal.print("\r" + " ".repeat(width) + "\r");
    terminal.flush();
  }

  @Override
  public void close() {
    bar().close();
  }

  private ProgressBar bar() {
    if (bar == null) {
      bar = bars.apply(0L);
    }
    return bar;
  }
}
