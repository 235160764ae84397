package io.arete.rlaif.run;

import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.JsonLinesWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A stage's metrics, one step a line. A checkpoint stores {@link #cursor()} after {@link #force()};
 * the next start opens the log there, so that repeated steps do not stand in it twice.
 */
public final class MetricLog implements AutoCloseable {

  private final JsonLinesWriter writer;

  private MetricLog(JsonLinesWriter writer) {
    this.writer = writer;
  }

  /**
   * Opens a log at a checkpoint's cursor and forgets what follows it.
   *
   * @param cursor 0 to begin
   */
  public static MetricLog openAt(Path file, long cursor) {
    return new MetricLog(JsonLinesWriter.openAt(file, cursor));
  }

  /** The metrics of a log; a torn last line does not count. */
  public static List<Metric> read(Path file) {
    return JsonLines.readAppended(file, (line, row) -> Optional.of(Metric.ofJson(row)));
  }

  /** Appends one step. */
  public void append(Metric metric) {
    writer.append(metric.toJson());
  }

  /** The size in bytes of all whole lines. */
  public long cursor() {
    return writer.cursor();
  }

  /** Returns when the disk holds every line. */
  public void force() {
    writer.force();
  }

  @Override
  public void close() {
    writer.close();
  }
}
