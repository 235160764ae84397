package io.arete.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Judges what a reader makes of files that nobody vouches for: it takes them, or refuses them by
 * one sentence; either in bounded time, with heap in proportion to what it was given.
 */
public final class HostileFiles {

  private static final int LONGEST_SENTENCE = 2_000;
  private static final Duration PROCESSOR_TIME = Duration.ofSeconds(10);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private HostileFiles() {}

  /**
   * The heap that reading may take, all that it ever allocates counted: so much for each byte
   * given, and so much anyway.
   */
  public record Heap(long bytesPerByte, long bytesAnyway) {}

  /**
   * Lets a reader read, and fails unless it keeps its promises.
   *
   * @param given how many bytes its files have
   * @return whether it took them
   */
  public static boolean judge(long given, Heap heap, Runnable reader) {
    long most = heap.bytesAnyway() + heap.bytesPerByte() * given;
    Reading reading = reading(reader);
    if (reading.bytes() > most || reading.nanos() > PROCESSOR_TIME.toNanos()) {
      // Whoever reads first loads classes and native code, too.
      reading = reading(reader);
    }
    assertThat(reading.bytes()).as("bytes of heap for %d bytes", given).isLessThanOrEqualTo(most);
    assertThat(reading.nanos()).as("nanoseconds").isLessThan(PROCESSOR_TIME.toNanos());
    return reading.taken();
  }

  private record Reading(boolean taken, long bytes, long nanos) {}

  private static Reading reading(Runnable reader) {
    long thread = Thread.currentThread().getId();
    long bytes = THREADS.getThreadAllocatedBytes(thread);
    long nanos = THREADS.getCurrentThreadCpuTime();
    boolean taken = takes(reader);
    return new Reading(
        taken,
        THREADS.getThreadAllocatedBytes(thread) - bytes,
        THREADS.getCurrentThreadCpuTime() - nanos);
  }

  private static boolean takes(Runnable reader) {
    try {
      reader.run();
      return true;
    } catch (AreteException refused) {
      assertThat(refused.getMessage())
          .isNotBlank()
          .doesNotContain("\n", "\r")
          .hasSizeLessThanOrEqualTo(LONGEST_SENTENCE);
      return false;
    }
  }

  /**
   * Cuts an input into the contents of several files: all but the last end before a zero byte, the
   * last takes the rest. Pieces that are not there are empty.
   */
  public static List<byte[]> pieces(byte[] input, int count) {
    List<byte[]> pieces = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < count; i++) {
      int end = i == count - 1 ? input.length : end(input, start);
      pieces.add(Arrays.copyOfRange(input, Math.min(start, end), end));
      start = Math.min(end + 1, input.length);
    }
    return pieces;
  }

  /** The input that {@link #pieces} cuts into these. */
  public static byte[] joined(byte[]... pieces) {
    int length = pieces.length - 1 + Arrays.stream(pieces).mapToInt(piece -> piece.length).sum();
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] piece : pieces) {
      joined.put(piece);
      if (joined.hasRemaining()) {
        joined.put((byte) 0);
      }
    }
    return joined.array();
  }

  /** Emptying a file first, as Files.write does, makes some file systems wait for the disk. */
  public static void overwrite(Path path, byte[] content) {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content));
      channel.truncate(content.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int end(byte[] input, int start) {
    for (int i = start; i < input.length; i++) {
      if (input[i] == 0) {
        return i;
      }
    }
    return input.length;
  }
}
