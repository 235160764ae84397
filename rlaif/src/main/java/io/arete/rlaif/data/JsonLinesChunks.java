package io.arete.rlaif.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.file.IoFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file of JSON lines, a line an item, appended chunk by chunk. What a kill left of a chunk is
 * forgotten and made again: numbers of a chunk may depend in their last bits on what is computed
 * together, so a chunk is made whole or not at all.
 */
public final class JsonLinesChunks {

  private final Path file;
  private final int linesPerChunk;

  /**
   * A file, there or not.
   *
   * @param linesPerChunk items that are made together
   */
  public JsonLinesChunks(Path file, int linesPerChunk) {
    this.file = file;
    this.linesPerChunk = linesPerChunk;
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /** How many items are done: whole chunks, or all of them. */
  public int done(int all) {
    int lines = JsonLines.readAppended(file, (line, row) -> Optional.of(line)).size();
    return lines == all ? all : lines - lines % linesPerChunk;
  }

  /** Appends a chunk after the items that are done, and returns when the disk holds it. */
  public void append(int done, List<ObjectNode> rows) {
    try (JsonLinesWriter writer = JsonLinesWriter.openAt(file, cursor(done))) {
      rows.forEach(writer::append);
      writer.force();
    }
  }

  /** The size in bytes of the first lines. */
  private long cursor(int lines) {
    if (lines == 0) {
      return 0;
    }
    try (InputStream input = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      long bytes = 0;
      int ends = 0;
      while (ends < lines) {
        int next = input.read();
        if (next < 0) {
          throw new IllegalStateException("Counted before: " + lines + " lines of " + file);
        }
        ends += next == '\n' ? 1 : 0;
        bytes++;
      }
      return bytes;
    } catch (IOException e) {
      throw IoFailure.reading(file, e);
    }
  }
}
