package io.arete.engine.hub;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a folder that go up. Links are refused, since they could lead to what nobody meant
 * to publish; hidden files stay here.
 *
 * @param files each by its name in the repository
 * @param hidden names that stay here
 */
record LocalFolder(SortedMap<String, Path> files, List<String> hidden) {

  LocalFolder {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    hidden = List.copyOf(hidden);
  }

  /**
   * Lists a folder.
   *
   * @throws AreteException if it is none, holds nothing, or holds a link
   */
  static LocalFolder list(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new AreteException(folder + " is no folder; name the folder that is to go up");
    }
    SortedMap<String, Path> files = new TreeMap<>();
    List<String> hidden = new ArrayList<>();
    try {
      walk(folder, "", files, hidden);
    } catch (IOException e) {
      throw new AreteException(folder + " cannot be listed: " + e.getMessage(), e);
    }
    if (files.isEmpty()) {
      throw new AreteException(folder + " holds no files; name the folder that is to go up");
    }
    return new LocalFolder(files, hidden);
  }

  /** Bytes of all files. */
  long size() {
    long size = 0;
    for (Path file : files.values()) {
      try {
        size += Files.size(file);
      } catch (IOException e) {
        throw new AreteException(file + " cannot be read: " + e.getMessage(), e);
      }
    }
    return size;
  }

  private static void walk(
      Path folder, String prefix, SortedMap<String, Path> files, List<String> hidden)
      throws IOException {
    List<Path> entries;
    try (Stream<Path> found = Files.list(folder)) {
      entries = found.sorted().toList();
    }
    for (Path entry : entries) {
      String path = prefix + entry.getFileName();
      if (String.valueOf(entry.getFileName()).startsWith(".")) {
        hidden.add(path);
      } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        walk(entry, path + "/", files, hidden);
      } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
        RepoPath.parts(path, "the folder");
        files.put(path, entry);
      } else {
        throw new AreteException(
            "%s in %s is a link or no file; put a plain file there, or take it out"
                .formatted(Quoted.of(path), folder));
      }
    }
  }
}
