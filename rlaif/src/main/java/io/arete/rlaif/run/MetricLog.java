package io.arete.rlaif.run;

import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.data.JsonLinesWriter;
import io.arete.rlaif.tensorboard.EventFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A stage's metrics, one step a line, and beside them the same for TensorBoard. A checkpoint stores
 * {@link #cursor()} after {@link #force()}; the next start opens the log there, so that repeated
 * steps do not stand in it twice. The events follow the lines and need no cursor.
 */
public final class MetricLog implements AutoCloseable {

  private final JsonLinesWriter writer;
  private final EventFile events;

  private MetricLog(JsonLinesWriter writer, EventFile events) {
    this.writer = writer;
    this.events = events;
  }

  /**
   * Opens a log at a checkpoint's cursor and forgets what follows it.
   *
   * @param cursor 0 to begin
   */
  public static MetricLog openAt(Path file, long cursor) {
    JsonLinesWriter writer = JsonLinesWriter.openAt(file, cursor);
    try {
      return new MetricLog(writer, events(file));
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /** The metrics of a log; a torn last line does not count. */
  public static List<Metric> read(Path file) {
    return JsonLines.readAppended(file, (line, row) -> Optional.of(Metric.ofJson(row)));
  }

  /** Appends one step. */
  public void append(Metric metric) {
    writer.append(metric.toJson());
    events.append(metric.step(), metric.values());
  }

  /** The size in bytes of all whole lines. */
  public long cursor() {
    return writer.cursor();
  }

  /** Returns when the disk holds every line. */
  public void force() {
    writer.force();
    events.force();
  }

  @Override
  public void close() {
    writer.close();
    events.close();
  }

  /** The events of the lines that are kept. */
  private static EventFile events(Path file) {
    EventFile events = EventFile.open(file.resolveSibling(""));
    try {
      JsonLines.readAppended(
          file,
          (line, row) -> {
            Metric metric = Metric.ofJson(row);
            events.append(metric.step(), metric.values());
            return Optional.empty();
          });
      events.cut();
      return events;
    } catch (RuntimeException e) {
      events.close();
      throw e;
    }
  }
}
