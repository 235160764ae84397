package io.arete.engine.hub;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a repository says of a file's content. It names the file in the cache, too.
 *
 * @param kind which function
 * @param hex its value, in small letters
 */
record Checksum(Kind kind, String hex) {

  /** The two functions of a hub. */
  enum Kind {
    /** SHA-256 of the content: files that Git LFS keeps. */
    SHA256("SHA-256", 64),
    /** SHA-1 of {@code blob SIZE\0} and the content, as Git names it: small files. */
    GIT_BLOB("SHA-1", 40);

    private final String algorithm;
    private final Pattern form;

    Kind(String algorithm, int digits) {
      this.algorithm = algorithm;
      this.form = Pattern.compile("[0-9a-f]{" + digits + "}");
    }

    /** A digest that has yet to see a content of {@code size} bytes. */
    MessageDigest digest(long size) {
      try {
        MessageDigest digest = MessageDigest.getInstance(algorithm);
        if (this == GIT_BLOB) {
          digest.update(("blob " + size + "\0").getBytes(StandardCharsets.UTF_8));
        }
        return digest;
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e); // every Java has both
      }
    }

    /** The checksum of a digest that has seen everything. */
    Checksum of(MessageDigest digest) {
      return new Checksum(this, HexFormat.of().formatHex(digest.digest()));
    }
  }

  Checksum {
    if (!kind.form.matcher(hex).matches()) {
      throw new AreteException(
          "the server gives %s as a checksum, which is none; is this the address of a hub?"
              .formatted(Quoted.of(hex)));
    }
  }

  /** The checksum of a content in memory. */
  static Checksum of(Kind kind, byte[] content) {
    MessageDigest digest = kind.digest(content.length);
    digest.update(ByteBuffer.wrap(content));
    return kind.of(digest);
  }
}
