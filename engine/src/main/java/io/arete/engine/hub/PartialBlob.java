package io.arete.engine.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * A blob on its way: what has come is kept, summed up as it comes, and renamed when it is right.
 */
final class PartialBlob implements AutoCloseable {

  private static final int READ_BYTES = 1 << 20;

  private final RemoteFile file;
  private final Path partial;
  private final FileChannel channel;
  private MessageDigest digest;
  private long length;

  private PartialBlob(RemoteFile file, Path partial, FileChannel channel) {
    this.file = file;
    this.partial = partial;
    this.channel = channel;
    this.digest = file.checksum().kind().digest(file.size());
  }

  /** Opens what an earlier process left, or begins. */
  static PartialBlob open(RemoteFile file, Path partial) throws IOException {
    FileChannel channel =
        FileChannel.open(
            partial, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    PartialBlob blob = new PartialBlob(file, partial, channel);
    try {
      if (channel.size() > file.size()) {
        blob.restart();
      } else {
        blob.readAgain();
      }
      return blob;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Bytes that are here. */
  long length() {
    return length;
  }

  boolean isWhole() {
    return length == file.size();
  }

  /** Begins anew. */
  void restart() throws IOException {
    channel.truncate(0);
    channel.position(0);
    digest = file.checksum().kind().digest(file.size());
    length = 0;
  }

  /**
   * Appends.
   *
   * @throws Unwritable if this machine cannot keep it
   */
  void take(ByteBuffer piece) throws IOException {
    if (piece.remaining() > file.size() - length) {
      throw new TooLong();
    }
    ByteBuffer taken = piece.duplicate();
    try {
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
    } catch (IOException e) {
      throw new Unwritable(e);
    }
    length += taken.remaining();
    digest.update(taken);
  }

  /** Gives the blob its name; or begins anew and says false, if its checksum is another. */
  boolean finish(Path blob) throws IOException {
    if (!file.checksum().kind().of(digest).equals(file.checksum())) {
      restart();
      return false;
    }
    channel.force(true);
    channel.close();
    Files.move(partial, blob, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  private void readAgain() throws IOException {
    byte[] buffer = new byte[READ_BYTES];
    try (InputStream input = Files.newInputStream(partial)) {
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        digest.update(buffer, 0, read);
        length += read;
      }
    }
    channel.position(length);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** The bytes came, and could not be written: no other attempt would mend that. */
  static final class Unwritable extends IOException {
    private static final long serialVersionUID = 1L;

    Unwritable(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** More came than was announced. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("more bytes came than were announced");
    }
  }
}
