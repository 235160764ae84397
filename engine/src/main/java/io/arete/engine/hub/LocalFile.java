package io.arete.engine.hub;

import io.arete.engine.AreteException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * A file of this machine that is to go up.
 *
 * @param path its name in the repository
 * @param file where it lies
 * @param size bytes, when it was summed up
 * @param sha256 as Git LFS names its content
 * @param gitBlob as Git names it
 */
record LocalFile(String path, Path file, long size, Checksum sha256, Checksum gitBlob) {

  private static final int READ_BYTES = 1 << 20;

  /** The largest file that is sent inside of a commit; hubs put larger ones into LFS. */
  static final long LARGEST_INSIDE = 32 << 20;

  /** Reads the file once, for both checksums. */
  static LocalFile read(String path, Path file, Tally tally) {
    try (InputStream input = Files.newInputStream(file)) {
      long size = Files.size(file);
      MessageDigest sha256 = Checksum.Kind.SHA256.digest(size);
      MessageDigest git = Checksum.Kind.GIT_BLOB.digest(size);
      byte[] buffer = new byte[READ_BYTES];
      long seen = 0;
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        sha256.update(buffer, 0, read);
        git.update(buffer, 0, read);
        seen += read;
        tally.add(read);
      }
      if (seen != size) {
        throw new AreteException(file + " changed while it was read; start again when it is done");
      }
      return new LocalFile(
          path, file, size, Checksum.Kind.SHA256.of(sha256), Checksum.Kind.GIT_BLOB.of(git));
    } catch (IOException e) {
      throw new AreteException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Whether the repository has this content under this name. */
  boolean isLike(RemoteFile remote) {
    return remote.checksum().equals(sha256) || remote.checksum().equals(gitBlob);
  }

  /** The first bytes, by which a hub decides how it keeps the file. */
  byte[] sample() {
    try (InputStream input = Files.newInputStream(file)) {
      return input.readNBytes(512);
    } catch (IOException e) {
      throw new AreteException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** All bytes, of a file that is sent inside of a commit. */
  byte[] content() {
    if (size > LARGEST_INSIDE) {
      throw new AreteException(
          "the hub wants %s inside of a commit, but it has %d MB; let it keep such files in LFS (its"
                  .formatted(path, size >> 20)
              + " .gitattributes)");
    }
    try (InputStream input = Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes((int) LARGEST_INSIDE + 1);
      if (!Checksum.of(Checksum.Kind.SHA256, bytes).equals(sha256)) {
        throw new AreteException(file + " changed while it was sent; start again when it is done");
      }
      return bytes;
    } catch (IOException e) {
      throw new AreteException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
