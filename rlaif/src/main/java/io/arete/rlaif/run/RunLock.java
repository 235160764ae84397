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
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One process a folder. The system frees the lock of a process that ends, however it ends. */
final class RunLock implements AutoCloseable {

  // Windows bars reading what is locked, so the lock lies behind the text.
  private static final long LOCKED_BYTE = 1 << 20;
  private static final int LONGEST_ID = 20;

  private static final String NAME = ".lock";
  private static final String UNKNOWN = "unknown";

  // On Linux and macOS a lock is the process's, and closing any channel of its file frees it, even
  // one that was opened to look. So the file of a lock that is held here is not opened again. It is
  // static since it stands for what the system keeps once a process.
  private static final Set<Path> HELD = new HashSet<>();

  private final Path folder;
  private final FileChannel channel;

  private RunLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder.
   *
   * @param inUse what is said if another has it, with places for the folder and the process
   * @throws AreteException if another run has it, with its process
   */
  static RunLock take(Path folder, String inUse) {
    Path file = folder.resolve(NAME);
    try {
      Path real = folder.toRealPath();
      synchronized (HELD) {
        if (HELD.contains(real)) {
          throw inUse(inUse, folder, ownId());
        }
        FileChannel channel =
            FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
          String holder = holder(channel);
          channel.close();
          throw inUse(inUse, folder, holder);
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(ownId().getBytes(StandardCharsets.US_ASCII)), 0);
        HELD.add(real);
        return new RunLock(real, channel);
      }
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  /**
   * Whether the process that held the lock last still lives, in this folder or elsewhere by now;
   * takes no lock.
   */
  static boolean lastHolderLives(Path folder) {
    synchronized (HELD) {
      try {
        return HELD.contains(folder.toRealPath()) || writerLives(folder.resolve(NAME));
      } catch (IOException | NumberFormatException e) {
        return false;
      }
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      // Closed a second time, it may be another's by now.
      if (channel.isOpen()) {
        HELD.remove(folder);
        channel.close();
      }
    }
  }

  private static boolean writerLives(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      String holder = holder(channel);
      return !holder.equals(UNKNOWN) && WritingProcess.isAlive(Long.parseLong(holder), file);
    }
  }

  private static AreteException inUse(String says, Path folder, String holder) {
    return new AreteException(says.formatted(folder, holder));
  }

  private static String ownId() {
    return Long.toString(ProcessHandle.current().pid());
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
