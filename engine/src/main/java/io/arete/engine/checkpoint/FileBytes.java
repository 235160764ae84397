package io.arete.engine.checkpoint;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file open for reading, whose size is fixed at opening. Callers ask only for ranges inside it;
 * they check claims of the file's contents before.
 */
final class FileBytes implements AutoCloseable {

  /** Java maps at most 2 GiB at once; 1 GiB is a multiple of every element size. */
  static final long CHUNK_BYTES = 1L << 30;

  private final Path path;
  private final FileChannel channel;
  private final long size;

  private FileBytes(Path path, FileChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  /** Opens a regular file; one sentence says why it cannot be. */
  static FileBytes open(Path path) {
    if (!Files.exists(path)) {
      throw new AreteException(path + " does not exist; check the path");
    }
    if (!Files.isRegularFile(path)) {
      throw new AreteException(path + " is not a file; name a file");
    }
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      return new FileBytes(path, channel, channel.size());
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  Path path() {
    return path;
  }

  long size() {
    return size;
  }

  /** A copy of {@code length} bytes from {@code offset} on, little-endian, ready to be read. */
  ByteBuffer read(long offset, int length) {
    ByteBuffer target = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    read(offset, List.of(target));
    return target.flip();
  }

  /**
   * Reads from {@code offset} on until the buffers are full, one after the other. Nothing is
   * mapped: mapped pages count as this process's memory until the collector finds the mapping.
   */
  void read(long offset, List<ByteBuffer> targets) {
    long next = offset;
    try {
      for (ByteBuffer target : targets) {
        while (target.hasRemaining()) {
          int read = channel.read(target, next);
          if (read < 0) {
            throw new AreteException(path + " became shorter while it was read; try again");
          }
          next += read;
        }
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Maps a range read-only, little-endian, in chunks of at most 1 GiB; none for no bytes. */
  List<ByteBuffer> map(long offset, long bytes) {
    List<ByteBuffer> chunks = new ArrayList<>();
    try {
      for (long done = 0; done < bytes; done += CHUNK_BYTES) {
        long length = Math.min(CHUNK_BYTES, bytes - done);
        chunks.add(
            channel
                .map(FileChannel.MapMode.READ_ONLY, offset + done, length)
                .order(ByteOrder.LITTLE_ENDIAN));
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    return chunks;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static AreteException unreadable(Path path, IOException cause) {
    return new AreteException(path + " cannot be read: " + cause.getMessage(), cause);
  }
}
