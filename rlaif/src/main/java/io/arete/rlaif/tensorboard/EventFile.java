package io.arete.rlaif.tensorboard;

import io.arete.rlaif.file.IoFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  private final Path file;
  private final FileChannel channel;

  private EventFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens the events of a folder at their beginning, making both if they are not there.
   *
   * @param folder TensorBoard shows its path as the name of what is in it
   */
  public static EventFile open(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      Files.createDirectories(folder);
      EventFile events =
          new EventFile(
              file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
      events.write(EventMessage.version());
      return events;
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
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
    try {
      channel.truncate(channel.position());
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  /** Returns when the disk holds every record. */
  public void force() {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  private void write(byte[] event) {
    ByteBuffer record = ByteBuffer.wrap(EventRecord.of(event));
    try {
      while (record.hasRemaining()) {
        channel.write(record);
      }
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }
}
