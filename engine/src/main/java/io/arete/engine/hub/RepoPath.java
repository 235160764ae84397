package io.arete.engine.hub;

import io.arete.engine.AreteException;
import io.arete.engine.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A file's path in a repository: checked before any file of this machine is named by it. */
final class RepoPath {

  private static final int LONGEST = 1024;
  private static final int LONGEST_PART_BYTES = 255;
  private static final String FORBIDDEN = "\\:*?\"<>|";

  /** Names that Windows takes for devices, with any ending. */
  private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])");

  private static final Set<String> OF_GIT = Set.of(".git", "git~1");

  private RepoPath() {}

  /**
   * The path's parts.
   *
   * @param where whose path it is, for messages
   * @throws AreteException if it is absolute, leads upwards, or means something else on any system
   */
  static List<String> parts(String path, String where) {
    List<String> parts = List.of(path.split("/", -1));
    if (path.length() > LONGEST || !parts.stream().allMatch(RepoPath::isPlain)) {
      throw new AreteException(
          "%s has a file named %s, which is refused: names may not be absolute, lead to other"
                  .formatted(where, Quoted.of(path))
              + " folders or mean a device; nothing was written for it");
    }
    return parts;
  }

  private static boolean isPlain(String part) {
    if (part.isEmpty() || part.getBytes(StandardCharsets.UTF_8).length > LONGEST_PART_BYTES) {
      return false;
    }
    boolean plain =
        part.codePoints()
            .noneMatch(
                c ->
                    FORBIDDEN.indexOf(c) >= 0
                        || Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE);
    int dot = part.indexOf('.');
    String stem = dot < 0 ? part : part.substring(0, dot);
    return plain
        && !part.endsWith(".") // also . and ..
        && !part.endsWith(" ")
        && !DEVICE.matcher(stem.strip()).matches()
        && !OF_GIT.contains(part.toLowerCase(Locale.ROOT));
  }
}
