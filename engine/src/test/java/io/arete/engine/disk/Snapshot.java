package io.arete.engine.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a folder holds, to compare it with another. */
public final class Snapshot {

  private Snapshot() {}

  /** SHA-256 of all files below a folder but those paths, hidden ones too, by their path in it. */
  public static Map<String, String> of(Path folder, String... without) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(folder.relativize(file).toString().replace('\\', '/'), digest(file));
      }
    }
    all.keySet().removeAll(Set.of(without));
    return all;
  }

  private static String digest(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
