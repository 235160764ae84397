package io.arete.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The allowed imports between packages, from {@code config/package-edges.txt}, and the faults of a
 * module against them. Packages have their short names: {@code engine.nn} for {@code
 * io.arete.engine.nn}.
 *
 * @param declared for each package what it may import; {@code engine.*} means any of the engine
 */
public record PackageEdges(Map<String, Set<String>> declared) {

  private static final Path FILE = Path.of("../config/package-edges.txt");
  private static final String COMMON_ROOT = "engine";

  /** The edges of this project. */
  public static PackageEdges read() {
    try {
      return parse(Files.readAllLines(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Parses lines {@code from -> to, to}; blank lines and lines with {@code #} first are skipped.
   */
  static PackageEdges parse(List<String> lines) {
    Map<String, Set<String>> declared = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int arrow = line.indexOf("->");
      if (arrow <= 0) {
        throw new IllegalArgumentException("line " + (i + 1) + " has no '->': " + line);
      }
      Set<String> targets = new LinkedHashSet<>();
      for (String target : line.substring(arrow + 2).split(",", -1)) {
        if (!target.isBlank() && !targets.add(target.strip())) {
          throw new IllegalArgumentException(
              "line " + (i + 1) + " declares " + target.strip() + " twice");
        }
      }
      if (declared.put(line.substring(0, arrow).strip(), targets) != null) {
        throw new IllegalArgumentException(
            "line " + (i + 1) + " declares a package again: " + line);
      }
    }
    return new PackageEdges(declared);
  }

  /** Imports of a module that no line allows, one sentence each. */
  List<String> undeclared(Map<String, Set<String>> used) {
    List<String> faults = new ArrayList<>();
    used.forEach(
        (from, targets) -> {
          Set<String> allowed = declared.getOrDefault(from, Set.of());
          for (String to : targets) {
            if (!to.equals(COMMON_ROOT) && allowed.stream().noneMatch(a -> covers(a, to))) {
              faults.add(from + " imports " + to + ", which package-edges.txt does not declare");
            }
          }
        });
    return faults;
  }

  /**
   * Declared imports of a module that no class makes, one sentence each.
   *
   * @param used what each package of the module imports; its keys are the packages that have
   *     classes
   * @param born all packages of the project that have classes
   */
  List<String> unused(Map<String, Set<String>> used, Set<String> born) {
    List<String> faults = new ArrayList<>();
    used.forEach(
        (from, targets) -> {
          for (String to : declared.getOrDefault(from, Set.of())) {
            boolean exists = born.stream().anyMatch(name -> covers(to, name));
            if (exists && targets.stream().noneMatch(target -> covers(to, target))) {
              faults.add("package-edges.txt declares " + from + " -> " + to + ", which is unused");
            }
          }
        });
    return faults;
  }

  /** Whether a declared name, perhaps with a star, stands for that package. */
  private static boolean covers(String name, String packageName) {
    return name.endsWith(".*")
        ? packageName.startsWith(name.substring(0, name.length() - 1))
        : name.equals(packageName);
  }
}
