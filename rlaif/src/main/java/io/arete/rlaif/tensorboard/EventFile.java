package io.arete.rlaif.tensorboard;

import io.arete.rlaif.file.AppendedFile;
import java.nio.file.Path;
import java.util.Map;

/**
 * Numbers by step, appended to a file of events. A kill leaves whole records and at most a torn
 * one, for which TensorBoard waits.
 *
 * <p>It is opened at its beginning, given again what still counts, and then cut. What stood there
 * before is written over with the same bytes, in its place, so that a TensorBoard that is reading
 * sees no change.
 */
public final class EventFile implements AutoCloseable {

  /** TensorBoard looks for {@code tfevents} in the name. */
  public static final String NAME = "events.out.tfevents.0.arete";

  private final AppendedFile file;

  private EventFile(AppendedFile file) {
    this.file = file;
  }

  /**
   * Opens the events of a folder at their beginning, making both if they are not there.
   *
   * @param folder TensorBoard shows its path as the name of what is in it
   */
  public static EventFile open(Path folder) {
    EventFile events = new EventFile(AppendedFile.open(folder.resolve(NAME)));
    events.write(EventMessage.version());
    return events;
  }

  /**
   * Appends the numbers of a step.
   *
   * @param values by name; in single precision, which is what TensorBoard holds
   */
  public void append(long step, Map<String, Double> values) {
    write(EventMessage.scalars(step, values));
  }

  /** Forgets what follows. */
  public void cut() {
    file.cut();
  }

  /** Returns when the disk holds every record. */
  public void force() {
    file.force();
  }

  @Override
  public void close() {
    file.close();
  }

  private void write(byte[] event) {
    file.append(EventRecord.of(event));
  }
}
