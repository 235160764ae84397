package io.arete.rlaif.run;

import io.arete.rlaif.file.IoFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 of what a stage is made from, as 64 hexadecimal digits. */
public final class Digests {

  private Digests() {}

  /** The digest of a text's UTF-8 bytes. */
  public static String text(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The digest of a file's bytes; as {@code sha256sum} prints it. */
  public static String file(Path file) {
    MessageDigest digest = sha256();
    byte[] block = new byte[1 << 16];
    try (InputStream input = Files.newInputStream(file)) {
      int read = input.read(block);
      while (read >= 0) {
        digest.update(block, 0, read);
        read = input.read(block);
      }
    } catch (IOException e) {
      throw IoFailure.reading(file, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The digest of a folder's files with their names; hidden files do not count. */
  public static String folder(Path folder) {
    try (Stream<Path> walk = Files.walk(folder, 8)) {
      List<Path> files =
          walk.filter(Files::isRegularFile)
              .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
              .sorted()
              .toList();
      StringBuilder all = new StringBuilder();
      for (Path file : files) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        all.append(file(file)).append("  ").append(name).append('\n');
      }
      return text(all.toString());
    } catch (IOException e) {
      throw IoFailure.reading(folder, e);
    }
  }

  /** The digest of what is read of a model's folder; whatever else lies there is not. */
  public static String model(Path folder) {
    try (Stream<Path> found = Files.list(folder)) {
      List<Path> files =
          found
              .filter(Files::isRegularFile)
              .filter(file -> file.toString().matches(".*\\.(json|safetensors|jinja)"))
              .sorted()
              .toList();
      StringBuilder all = new StringBuilder();
      for (Path file : files) {
        all.append(file.getFileName()).append(' ').append(file(file)).append('\n');
      }
      return text(all.toString());
    } catch (IOException e) {
      throw IoFailure.reading(folder, e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
