package io.arete.rlaif.config;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.YamlNode;
import io.arete.rlaif.file.YamlReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A group of keys with a list of values each; each value is read as the key itself reads it. */
record GridKind() implements Kind<Grid> {

  /** What has no meaning for one cell of a grid. */
  private static final Set<String> BARRED = Set.of("name", "seed", "seeds", "grid", "threads");

  @Override
  public Grid parse(YamlNode node, PathBase folders) throws WrongValue {
    if (node instanceof YamlNode.Scalar scalar) {
      return scalar.absent() || scalar.text().strip().equals("{}")
          ? Grid.NONE
          : parse(ofText(scalar), folders);
    }
    if (!(node instanceof YamlNode.Mapping mapping)) {
      throw Texts.wrong(node, describe());
    }
    List<Grid.Axis<?>> axes = new ArrayList<>();
    for (Map.Entry<String, YamlNode> entry : mapping.entries().entrySet()) {
      axes.add(axis(key(entry.getKey()), entry.getValue(), folders));
    }
    Grid grid = new Grid(axes);
    if (grid.size() > Grid.MOST_CELLS) {
      throw new WrongValue(
          "has " + grid.size() + " combinations but must have at most " + Grid.MOST_CELLS);
    }
    return grid;
  }

  /** A command line gives the group as one text. */
  private YamlNode.Mapping ofText(YamlNode.Scalar scalar) throws WrongValue {
    try {
      YamlNode.Mapping outer = YamlReader.parse("grid: " + scalar.text(), "grid");
      if (outer.entries().get("grid") instanceof YamlNode.Mapping mapping) {
        return mapping;
      }
    } catch (AreteException e) {
      // It is no YAML at all: told as any other wrong value.
    }
    throw Texts.wrong(scalar, describe());
  }

  private static Key<?> key(String path) throws WrongValue {
    for (Key<?> key : Recipe.keys()) {
      if (key.path().equals(path)) {
        if (BARRED.contains(path)) {
          throw new WrongValue("names " + path + ", which cannot differ from cell to cell");
        }
        return key;
      }
    }
    String nearest = Nearest.of(path, Recipe.keys().stream().map(Key::path).toList());
    throw new WrongValue(
        "names the unknown key "
            + path.replaceAll("\\p{Cntrl}", " ")
            + "; the nearest is "
            + nearest);
  }

  private static <T> Grid.Axis<T> axis(Key<T> key, YamlNode node, PathBase folders)
      throws WrongValue {
    if (!(node instanceof YamlNode.Sequence list) || list.items().isEmpty()) {
      throw new WrongValue("must give a list of values for " + key.path());
    }
    List<T> values = new ArrayList<>();
    for (YamlNode item : list.items()) {
      try {
        values.add(key.kind().parse(item, folders));
      } catch (WrongValue e) {
        throw new WrongValue("gives a value of which " + key.path() + " " + e.getMessage());
      }
    }
    if (new HashSet<>(values).size() < values.size()) {
      throw new WrongValue("gives " + key.path() + " the same value twice");
    }
    return new Grid.Axis<>(key, values);
  }

  @Override
  public String print(Grid value) {
    return value.axes().stream().map(Grid.Axis::print).collect(Collectors.joining(", ", "{", "}"));
  }

  @Override
  public String describe() {
    return "keys with a list of values each, at most " + Grid.MOST_CELLS + " combinations";
  }
}
