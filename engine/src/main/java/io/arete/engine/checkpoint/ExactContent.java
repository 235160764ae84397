package io.arete.engine.checkpoint;

import io.arete.engine.Quoted;
import java.io.IOException;

/** Writes a tensor's bytes, and no more or fewer than its header has said that there are. */
final class ExactContent {

  private ExactContent() {}

  /**
   * Writes what the tensor gives; nothing beyond its length reaches the sink.
   *
   * @param form its shape and element type in words
   * @throws IllegalArgumentException if it gives more or fewer than {@code bytes}
   */
  static void write(
      String name, String form, long bytes, AtomicFile.Body content, AtomicFile.ByteSink sink)
      throws IOException {
    long[] written = new long[1];
    content.writeTo(
        chunk -> {
          written[0] += chunk.remaining();
          if (written[0] <= bytes) {
            sink.write(chunk);
          }
        });
    if (written[0] != bytes) {
      throw new IllegalArgumentException(
          "tensor %s wrote %d bytes, but %s has %d"
              .formatted(Quoted.of(name), written[0], form, bytes));
    }
  }
}
