package io.arete.rlaif.estimate;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How much memory a process can still get: what Linux calls available, or what is left of the limit
 * of its container if that is less; elsewhere all memory of the machine.
 */
final class FreeMemory {

  private static final long KIBIBYTE = 1024;

  /** Cache of files that a container's count holds, and that is given back when needed. */
  private static final List<String> RECLAIMABLE =
      List.of("total_inactive_file", "inactive_file"); // version 1 of control groups, version 2

  private final Path root;

  /** Of a system whose files lie below that folder. */
  FreeMemory(Path root) {
    this.root = root;
  }

  /** Of this machine. */
  static long bytes() {
    return new FreeMemory(Path.of("/"))
        .read()
        .orElseGet(
            () ->
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                    .getTotalMemorySize());
  }

  /** Empty where the system does not tell. */
  OptionalLong read() {
    OptionalLong available = available();
    OptionalLong room = room();
    if (available.isEmpty()) {
      return available;
    }
    return room.isEmpty()
        ? available
        : OptionalLong.of(Math.min(available.getAsLong(), room.getAsLong()));
  }

  private OptionalLong available() {
    OptionalLong kibibytes = number("proc/meminfo", "MemAvailable:");
    return kibibytes.isEmpty()
        ? kibibytes
        : OptionalLong.of(Math.multiplyExact(kibibytes.getAsLong(), KIBIBYTE));
  }

  /** The least that any of the process's control groups has left; empty if none has a limit. */
  private OptionalLong room() {
    OptionalLong least = OptionalLong.empty();
    for (Path group : groups()) {
      OptionalLong room = room(group);
      if (room.isPresent() && (least.isEmpty() || room.getAsLong() < least.getAsLong())) {
        least = room;
      }
    }
    return least;
  }

  private OptionalLong room(Path group) {
    OptionalLong limit = first(group.resolve("memory.max"));
    OptionalLong used = first(group.resolve("memory.current"));
    if (limit.isEmpty()) {
      limit = first(group.resolve("memory.limit_in_bytes"));
      used = first(group.resolve("memory.usage_in_bytes"));
    }
    if (limit.isEmpty() || used.isEmpty()) {
      return OptionalLong.empty();
    }
    long cached = 0;
    for (String name : RECLAIMABLE) {
      OptionalLong found = number(root.relativize(group.resolve("memory.stat")).toString(), name);
      if (found.isPresent()) {
        cached = found.getAsLong();
        break;
      }
    }
    return OptionalLong.of(Math.max(0, limit.getAsLong() - used.getAsLong() + cached));
  }

  /**
   * The folders of the process's groups and of those around them. In a container the path that the
   * kernel tells may not exist; its own group is then the root.
   */
  private List<Path> groups() {
    List<Path> groups = new ArrayList<>();
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      String[] fields = line.split(":", 3);
      if (fields.length < 3 || !(fields[1].isEmpty() || fields[1].equals("memory"))) {
        continue;
      }
      Path top = root.resolve(fields[1].isEmpty() ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
      @Nullable Path group = top.resolve(fields[2].replaceFirst("^/+", "")).normalize();
      while (group != null && group.startsWith(top)) {
        groups.add(group);
        group = group.getParent();
      }
    }
    return groups;
  }

  /** The number that is a file's whole content; empty for {@code max}. */
  private static OptionalLong first(Path file) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? OptionalLong.empty() : whole(lines.get(0));
  }

  /** The number behind a name that begins a line. */
  private OptionalLong number(String file, String name) {
    for (String line : lines(root.resolve(file))) {
      String[] words = line.trim().split("\\s+", 3);
      if (words.length >= 2 && words[0].equals(name)) {
        return whole(words[1]);
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong whole(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text.trim()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** None if the system has no such file. */
  private static List<String> lines(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Files.readAllLines(file, StandardCharsets.UTF_8)
          : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
