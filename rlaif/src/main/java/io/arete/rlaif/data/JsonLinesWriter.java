package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.rlaif.file.AppendedFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.ToLongFunction;

/**
 * Appends JSON objects to a file, one a line, so that a kill at any instant leaves whole lines and
 * at most one torn one, which the next opening cuts off.
 *
 * <p>The cursor is the size in bytes of the whole lines. A checkpoint that stores it after {@link
 * #force()} can be returned to: {@link #openAt} cuts the file back to it.
 */
public final class JsonLinesWriter implements AutoCloseable {

  private static final int BLOCK = 1 << 16;

  private final AppendedFile file;
  private long cursor;

  private JsonLinesWriter(AppendedFile file, long cursor) {
    this.file = file;
    this.cursor = cursor;
  }

  /** Opens the file after its last whole line, creating it if it is not there. */
  public static JsonLinesWriter open(Path file) {
    return cut(AppendedFile.open(file), JsonLinesWriter::afterLastLineEnd);
  }

  /**
   * Opens the file at a cursor that an earlier writer gave, and forgets what follows it.
   *
   * @throws AreteException if the file has no line end there, so that it is not the same file
   */
  public static JsonLinesWriter openAt(Path file, long cursor) {
    return cut(
        AppendedFile.open(file),
        opened -> {
          if (cursor < 0 || cursor > opened.size() || !isLineStart(opened, cursor)) {
            throw new AreteException(
                file
                    + " does not hold the "
                    + cursor
                    + " bytes that its checkpoint counted; it was changed from outside,"
                    + " so repeat the stage.");
          }
          return cursor;
        });
  }

  /** Cuts the file where {@code end} says; closes it if that fails. */
  private static JsonLinesWriter cut(AppendedFile file, ToLongFunction<AppendedFile> end) {
    try {
      long cursor = end.applyAsLong(file);
      file.cutTo(cursor);
      return new JsonLinesWriter(file, cursor);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Appends one line. It survives the end of this process, and after {@link #force()} a power cut.
   */
  public void append(ObjectNode row) {
    byte[] line = (row + "\n").getBytes(StandardCharsets.UTF_8);
    file.append(line);
    cursor += line.length;
  }

  /** The size in bytes of all whole lines. */
  public long cursor() {
    return cursor;
  }

  /** Returns when the disk holds every line. */
  public void force() {
    file.force();
  }

  @Override
  public void close() {
    file.close();
  }

  private static boolean isLineStart(AppendedFile file, long cursor) {
    if (cursor == 0) {
      return true;
    }
    ByteBuffer last = ByteBuffer.allocate(1);
    file.read(last, cursor - 1);
    return last.position() == 1 && last.get(0) == '\n';
  }

  private static long afterLastLineEnd(AppendedFile file) {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    long end = file.size();
    while (end > 0) {
      long start = Math.max(0, end - BLOCK);
      block.clear().limit((int) (end - start));
      file.read(block, start);
      for (int i = block.position() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          return start + i + 1;
        }
      }
      end = start;
    }
    return 0;
  }
}
