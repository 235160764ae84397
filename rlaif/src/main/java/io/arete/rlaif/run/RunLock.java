package io.arete.rlaif.run;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.IoFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One process a folder. The system frees the lock of a process that ends, however it ends. */
final class RunLock implements AutoCloseable {

  // Windows bars reading what is locked, so the lock lies behind the text.
  private static final long LOCKED_BYTE = 1 << 20;
  private static final int LONGEST_ID = 20;

  private static final String NAME = ".lock";
  private static final String UNKNOWN = "unknown";

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder.
   *
   * @throws AreteException if another run has it, with its process
   */
  static RunLock take(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        String holder = holder(channel);
        channel.close();
        throw new AreteException(
            "Another run is using "
                + folder
                + " (process "
                + holder
                + "); wait for it to end, or give this run another name.");
      }
      channel.truncate(0);
      String id = Long.toString(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(id.getBytes(StandardCharsets.US_ASCII)), 0);
      return new RunLock(channel);
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  /**
   * Whether the process that held the lock last still lives, in this folder or elsewhere by now;
   * takes no lock.
   */
  static boolean lastHolderLives(Path folder) {
    Path file = folder.resolve(NAME);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      String holder = holder(channel);
      return !holder.equals(UNKNOWN) && WritingProcess.isAlive(Long.parseLong(holder), file);
    } catch (IOException | NumberFormatException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LONGEST_ID);
    channel.read(text, 0);
    String id = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
    return id.matches("[0-9]+") ? id : UNKNOWN;
  }
}
