package io.arete.rlaif.config;

import io.arete.rlaif.file.Faults;
import io.arete.rlaif.file.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a value for every key of a list: of a YAML tree, with overrides from the command line on
 * top. Finds every fault before it complains.
 */
final class ValuesReader {

  private static final String COMMAND_LINE = "command line";

  private final Faults faults;
  private final Map<String, Key<?>> keys = new LinkedHashMap<>();
  private final Map<String, Given> given = new LinkedHashMap<>();

  /** A value with where its relative paths begin and where it came from. */
  private record Given(YamlNode node, PathBase folders, String origin) {}

  /** A reader of those keys that adds to {@code faults}. */
  ValuesReader(List<Key<?>> keys, Faults faults) {
    this.faults = faults;
    keys.forEach(key -> this.keys.put(key.path(), key));
  }

  /**
   * The values, and every fault of them for the caller to throw. Until then a key whose value is
   * wrong has its default, so that more can be looked at; it has none if it must be given.
   *
   * @param folder where the tree's relative paths begin
   * @param overrides of the form {@code section.key=value}; later ones win
   */
  Values read(YamlNode.Mapping root, Path folder, List<String> overrides) {
    Path here = Path.of("");
    collect("", root, new PathBase(List.of(folder, here)));
    for (String override : overrides) {
      override(override, new PathBase(List.of(here, folder)));
    }
    faults.locate(this::line);
    Values.Builder builder = new Values.Builder();
    for (Key<?> key : keys.values()) {
      value(key, builder);
    }
    return builder.build();
  }

  /** Where a key stands in the file; 0 if it does not, or the command line has another value. */
  private int line(String path) {
    Given value = given.get(path);
    return value == null ? 0 : value.node().line();
  }

  private void collect(String prefix, YamlNode.Mapping mapping, PathBase folders) {
    mapping
        .entries()
        .forEach(
            (name, node) -> {
              String path = prefix.isEmpty() ? name : prefix + "." + name;
              if (keys.containsKey(path)) {
                given.put(path, new Given(node, folders, ""));
              } else if (!isGroup(path)) {
                faults.add(node.line(), unknown(path, node instanceof YamlNode.Mapping));
              } else if (node instanceof YamlNode.Mapping group) {
                collect(path, group, folders);
              } else if (!(node instanceof YamlNode.Scalar scalar && scalar.absent())) {
                faults.add(
                    node.line(),
                    path + " is " + node.describe() + " but must be a group of keys below it");
              }
            });
  }

  private void override(String text, PathBase folders) {
    int equals = text.indexOf('=');
    String path = equals < 0 ? text : text.substring(0, equals).strip();
    if (equals < 0) {
      faults.add(COMMAND_LINE + ": \"" + text + "\" must have the form section.key=value");
    } else if (isGroup(path)) {
      faults.add(
          COMMAND_LINE + ": " + path + " is a group of keys; set one, such as " + within(path));
    } else if (!keys.containsKey(path)) {
      faults.add(COMMAND_LINE + ": " + unknown(path, false));
    } else {
      String value = text.substring(equals + 1).strip();
      boolean absent = value.isEmpty() || value.equals("null") || value.equals("~");
      given.put(
          path, new Given(new YamlNode.Scalar(value, absent, 0), folders, COMMAND_LINE + ": "));
    }
  }

  private <T> void value(Key<T> key, Values.Builder builder) {
    Given value = given.get(key.path());
    if (value == null) {
      key.fallback()
          .ifPresentOrElse(
              fallback -> builder.put(key, fallback),
              () -> faults.add(key.path() + " is missing; give " + key.allowed()));
      return;
    }
    try {
      builder.put(key, key.kind().parse(value.node(), value.folders()));
    } catch (WrongValue e) {
      faults.add(value.node().line(), value.origin() + key.path() + " " + e.getMessage());
      builder.putFallback(key);
    }
  }

  private boolean isGroup(String path) {
    return keys.keySet().stream().anyMatch(key -> key.startsWith(path + "."));
  }

  /** The first key of a group. */
  private String within(String group) {
    return keys.keySet().stream().filter(k -> k.startsWith(group + ".")).findFirst().orElseThrow();
  }

  private String unknown(String path, boolean group) {
    List<String> candidates = new ArrayList<>(group ? groups() : keys.keySet());
    // Without its section a key may be one of several.
    List<String> named = candidates.stream().filter(key -> key.endsWith("." + path)).toList();
    return "unknown "
        + (group ? "group " : "key ")
        + shorten(path)
        + (named.size() > 1
            ? "; the nearest are " + String.join(", ", named)
            : "; the nearest is " + Nearest.of(path, candidates));
  }

  private List<String> groups() {
    return keys.keySet().stream()
        .filter(key -> key.contains("."))
        .map(key -> key.substring(0, key.lastIndexOf('.')))
        .distinct()
        .toList();
  }

  private static String shorten(String path) {
    String plain = path.replaceAll("\\p{Cntrl}", " ");
    return plain.length() <= 100 ? plain : plain.substring(0, 97) + "...";
  }
}
