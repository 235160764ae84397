package io.arete.rlaif.config;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.Faults;
import io.arete.rlaif.file.YamlNode;
import io.arete.rlaif.file.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a recipe: a YAML file, with overrides from the command line on top. Finds every fault
 * before it complains.
 */
public final class RecipeReader {

  private static final String COMMAND_LINE = "command line";

  private final Faults faults;
  private final Map<String, Key<?>> keys = new LinkedHashMap<>();
  private final Map<String, Given> given = new LinkedHashMap<>();

  /** A value with where its relative paths begin and where it came from. */
  private record Given(YamlNode node, PathBase folders, String origin) {}

  private RecipeReader(String name) {
    this.faults = new Faults(name);
    for (Key<?> key : Recipe.keys()) {
      keys.put(key.path(), key);
    }
  }

  /**
   * The recipe of a file.
   *
   * @param overrides of the form {@code section.key=value}; later ones win
   * @throws AreteException that lists every fault of the file and the overrides
   */
  public static Recipe read(Path file, List<String> overrides) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return new RecipeReader(file.toString())
        .recipe(YamlReader.read(file), folder == null ? file : folder, overrides);
  }

  /**
   * The recipe of a text.
   *
   * @param name what messages call the text
   * @param folder where its relative paths begin
   * @param overrides of the form {@code section.key=value}; later ones win
   * @throws AreteException that lists every fault of the text and the overrides
   */
  public static Recipe parse(String text, String name, Path folder, List<String> overrides) {
    return new RecipeReader(name).recipe(YamlReader.parse(text, name), folder, overrides);
  }

  private Recipe recipe(YamlNode.Mapping root, Path folder, List<String> overrides) {
    Path here = Path.of("");
    collect("", root, new PathBase(List.of(folder, here)));
    for (String override : overrides) {
      override(override, new PathBase(List.of(here, folder)));
    }
    Values.Builder builder = new Values.Builder();
    for (Key<?> key : keys.values()) {
      value(key, builder);
    }
    if (faults.isEmpty()) {
      Recipe recipe = new Recipe(builder.build());
      RecipeChecks.check(recipe, faults);
      faults.throwIfAny();
      return recipe;
    }
    faults.throwIfAny();
    throw new IllegalStateException("faults that were not thrown");
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
    }
  }

  private boolean isGroup(String path) {
    return keys.keySet().stream().anyMatch(key -> key.startsWith(path + "."));
  }

  private String unknown(String path, boolean group) {
    List<String> candidates = new ArrayList<>(group ? groups() : keys.keySet());
    return "unknown "
        + (group ? "group " : "key ")
        + shorten(path)
        + "; the nearest is "
        + Nearest.of(path, candidates);
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
