package io.arete.rlaif.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where relative paths begin.
 *
 * @param folders tried in order; the first under which the path exists wins, else the first of all
 */
record PathBase(List<Path> folders) {

  PathBase {
    folders = List.copyOf(folders);
  }

  /**
   * The absolute path without {@code .} and {@code ..} that a relative or absolute one stands for.
   */
  Path resolve(Path path) {
    for (Path folder : folders) {
      Path candidate = folder.resolve(path);
      if (Files.exists(candidate)) {
        return candidate.toAbsolutePath().normalize();
      }
    }
    return folders.get(0).resolve(path).toAbsolutePath().normalize();
  }
}
