package io.arete.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Progress for log files: a line every ten seconds, and one at the end. */
final class ProgressLines implements Progress {

  private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

  private final String task;
  private final String unit;
  private final long total;
  private final PrintStream messages;
  private final LongSupplier nanoClock;
  private final long start;
  private long lastLine;
  private long done;
  private long skipped;

  ProgressLines(
      String task, String unit, long total, PrintStream messages, LongSupplier nanoClock) {
    this.task = task;
    this.unit = unit;
    this.total = total;
    this.messages = messages;
    this.nanoClock = nanoClock;
    start = nanoClock.getAsLong();
    lastLine = start;
  }

  @Override
  public synchronized void skip(long units) {
    skipped += units;
    done += units;
  }

  @Override
  public synchronized void advance(long units) {
    done += units;
    long now = nanoClock.getAsLong();
    if (now - lastLine >= INTERVAL_NANOS && done < total) {
      lastLine = now;
      double seconds = seconds(now);
      double rate = (done - skipped) / seconds;
      double remaining = (total - done) / rate;
      messages.printf(
          Locale.ROOT,
          "%s: %d of %d %s, %.3g a second, %s left%n",
          task,
          done,
          total,
          unit,
          rate,
          clock(remaining));
    }
  }

  @Override
  public void makeWay() {}

  @Override
  public synchronized void close() {
    messages.printf(
        Locale.ROOT,
        "%s: %d of %d %s in %s%n",
        task,
        done,
        total,
        unit,
        clock(seconds(nanoClock.getAsLong())));
  }

  private double seconds(long now) {
    return (now - start) / 1e9;
  }

  /** As 0:05, 12:34 or 1:02:03. */
  static String clock(double seconds) {
    long whole = Math.round(seconds);
    long hours = whole / 3600;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, whole / 60 % 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }
}
