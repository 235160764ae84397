package io.arete.engine.convert;

import io.arete.engine.AreteException;
import io.arete.engine.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Creates a folder that is complete or absent: filled under a hidden name beside it, renamed. */
public final class NewFolder {

  private NewFolder() {}

  /**
   * Creates {@code target} with what {@code fill} writes into the folder that it is given.
   *
   * @throws AreteException if {@code target} is a file, not empty, or cannot be written
   */
  public static void create(Path target, Consumer<Path> fill) {
    Path absolute = target.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new AreteException(target + " is the root of a disk; name a new folder");
    }
    requireAbsentOrEmpty(absolute, target);
    Path partial = parent.resolve("." + absolute.getFileName() + ".partial");
    try {
      Files.createDirectories(parent);
      // A killed import may have left one.
      deleteAll(partial);
      Files.createDirectory(partial);
      try {
        fill.accept(partial);
        // Not every system renames onto an empty folder.
        Files.deleteIfExists(absolute);
        Files.move(partial, absolute, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        deleteAll(partial);
      }
    } catch (IOException e) {
      throw FullDisk.writing(target, e);
    }
  }

  private static void requireAbsentOrEmpty(Path absolute, Path target) {
    if (!Files.exists(absolute)) {
      return;
    }
    if (!Files.isDirectory(absolute)) {
      throw new AreteException(target + " is a file; name a new folder");
    }
    try (Stream<Path> content = Files.list(absolute)) {
      if (content.findAny().isPresent()) {
        throw new AreteException(target + " is not empty; name a new folder or empty this one");
      }
    } catch (IOException e) {
      throw new AreteException(
          "the folder %s cannot be listed: %s".formatted(target, e.getMessage()), e);
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> content = Files.walk(folder)) {
      deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
