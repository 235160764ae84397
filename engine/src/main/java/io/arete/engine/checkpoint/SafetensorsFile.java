package io.arete.engine.checkpoint;

import io.arete.engine.AreteException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A safetensors file open for reading: 8 bytes of header length (little-endian), a JSON header, and
 * the tensors' bytes without holes. Opening reads the header alone and checks it whole.
 */
public final class SafetensorsFile implements AutoCloseable {

  private final FileBytes file;
  private final SafetensorsHeader header;

  private SafetensorsFile(FileBytes file, SafetensorsHeader header) {
    this.file = file;
    this.header = header;
  }

  /**
   * Opens {@code path}; the caller closes it.
   *
   * @throws AreteException if it does not exist or anything in it contradicts the format
   */
  public static SafetensorsFile open(Path path) {
    FileBytes file = FileBytes.open(path);
    try {
      return new SafetensorsFile(file, SafetensorsHeader.read(file));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The tensors, ordered by name. */
  public SortedMap<String, TensorEntry> entries() {
    return header.entries();
  }

  /** The header's {@code __metadata__}, empty if there is none. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * The bytes of one of this file's entries: read-only, little-endian, memory-mapped chunks of at
   * most 1 GiB, in order; no chunk for a tensor without elements. Mappings outlive {@link #close}.
   */
  public List<ByteBuffer> map(TensorEntry entry) {
    requireOwn(entry);
    return file.map(entry.offset(), entry.bytes());
  }

  /**
   * Reads the bytes of one of this file's entries, little-endian, into memory of the same size:
   * what is large and read once should not be mapped, since mappings live until the collector finds
   * them.
   */
  public void read(TensorEntry entry, List<ByteBuffer> memory) {
    requireOwn(entry);
    long room = memory.stream().mapToLong(ByteBuffer::remaining).sum();
    if (room != entry.bytes()) {
      throw new IllegalArgumentException(room + " bytes of memory for " + entry);
    }
    file.read(entry.offset(), memory);
  }

  private void requireOwn(TensorEntry entry) {
    if (!entry.equals(header.entries().get(entry.name()))) {
      throw new IllegalArgumentException(entry + " is not an entry of " + file.path());
    }
  }

  /** Closes the file; what is mapped stays readable. */
  @Override
  public void close() {
    file.close();
  }
}
