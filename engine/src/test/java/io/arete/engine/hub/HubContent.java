package io.arete.engine.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/** What a file of the test server holds: bytes, or so many zeros without any memory. */
sealed interface HubContent {

  int BUFFER = 1 << 16;

  long size();

  Checksum checksum(Checksum.Kind kind);

  void write(OutputStream output, long from, long length) throws IOException;

  record Bytes(byte[] bytes) implements HubContent {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public Checksum checksum(Checksum.Kind kind) {
      return Checksum.of(kind, bytes);
    }

    @Override
    public void write(OutputStream output, long from, long length) throws IOException {
      // In pieces, so that a client can break off in between.
      for (long at = from; at < from + length; at += BUFFER) {
        output.write(bytes, (int) at, (int) Math.min(BUFFER, from + length - at));
      }
    }
  }

  /** Zeros, with the SHA-256 that was found when they came or were made. */
  record Zeros(long size, String sha256) implements HubContent {

    static Zeros of(long size) {
      MessageDigest digest = Checksum.Kind.SHA256.digest(size);
      byte[] buffer = new byte[BUFFER];
      for (long done = 0; done < size; done += BUFFER) {
        digest.update(buffer, 0, (int) Math.min(BUFFER, size - done));
      }
      return new Zeros(size, Checksum.Kind.SHA256.of(digest).hex());
    }

    @Override
    public Checksum checksum(Checksum.Kind kind) {
      return new Checksum(Checksum.Kind.SHA256, sha256);
    }

    @Override
    public void write(OutputStream output, long from, long length) throws IOException {
      byte[] buffer = new byte[BUFFER];
      for (long left = length; left > 0; left -= BUFFER) {
        output.write(buffer, 0, (int) Math.min(BUFFER, left));
      }
    }
  }

  /** What comes in, held in memory; all zeros become {@link Zeros}. */
  static HubContent read(InputStream input, long largestInMemory) throws IOException {
    MessageDigest digest = Checksum.Kind.SHA256.digest(0);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
      digest.update(buffer, 0, read);
      size += read;
      if (size <= largestInMemory) {
        kept.write(buffer, 0, read);
      }
    }
    return size <= largestInMemory
        ? new Bytes(kept.toByteArray())
        : new Zeros(size, Checksum.Kind.SHA256.of(digest).hex());
  }
}
