package io.arete.rlaif.data;

import io.arete.rlaif.file.Faults;
import io.arete.rlaif.file.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads a constitution's values, and collects what is wrong with them. */
final class ConstitutionNodes {

  /** Stands for a group that is missing, which has been said already. */
  static final YamlNode.Mapping NOTHING = new YamlNode.Mapping(Map.of(), 0);

  static final int LIMIT_TEXT = 20_000;

  private final Faults faults;

  ConstitutionNodes(String file) {
    this.faults = new Faults(file);
  }

  Faults faults() {
    return faults;
  }

  void allowOnly(YamlNode.Mapping group, String prefix, Set<String> names) {
    group
        .entries()
        .forEach(
            (name, node) -> {
              if (!names.contains(name)) {
                faults.add(
                    node.line(),
                    "unknown key " + prefix + name + "; allowed are " + new TreeSet<>(names));
              }
            });
  }

  YamlNode.Mapping group(YamlNode.Mapping parent, String name) {
    YamlNode node = parent.entries().get(name);
    if (node instanceof YamlNode.Mapping mapping) {
      return mapping;
    }
    if (parent.line() > 0) {
      faults.add(
          node == null ? parent.line() : node.line(),
          name + (node == null ? " is missing" : " must be a group of keys below it"));
    }
    return NOTHING;
  }

  /** As the other, but empty without a fault where the key is not given. */
  Optional<YamlNode.Mapping> optionalGroup(YamlNode.Mapping parent, String name) {
    return parent.entries().containsKey(name) ? Optional.of(group(parent, name)) : Optional.empty();
  }

  String text(YamlNode.Mapping parent, String name, String path) {
    YamlNode node = parent.entries().get(name);
    if (node == null) {
      if (parent.line() > 0) {
        faults.add(parent.line(), path + " is missing; " + textNeeded());
      }
      return "";
    }
    return text(node, path);
  }

  /** As the other, but empty without a fault where the key is not given. */
  Optional<String> optionalText(YamlNode.Mapping parent, String name, String path) {
    return Optional.ofNullable(parent.entries().get(name)).map(node -> text(node, path));
  }

  /** A list of texts of 1 to {@code most}; none where the key is not given. */
  List<String> texts(YamlNode.Mapping parent, String name, String path, int most) {
    YamlNode node = parent.entries().get(name);
    if (node == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (YamlNode item : items(node, path, most)) {
      texts.add(text(item, path));
    }
    return texts;
  }

  /** The items of a list of 1 to {@code most}. */
  List<YamlNode> items(YamlNode node, String path, int most) {
    if (node instanceof YamlNode.Sequence list
        && !list.items().isEmpty()
        && list.items().size() <= most) {
      return list.items();
    }
    String found =
        node instanceof YamlNode.Sequence list
            ? "a list of " + list.items().size()
            : node.describe();
    faults.add(node.line(), path + " is " + found + " but must be a list of 1 to " + most);
    return List.of();
  }

  private String text(YamlNode node, String path) {
    if (node instanceof YamlNode.Scalar scalar && !scalar.text().isBlank()) {
      if (scalar.text().length() <= LIMIT_TEXT) {
        return scalar.text().strip();
      }
      faults.add(
          node.line(), path + " has " + scalar.text().length() + " characters; " + textNeeded());
      return "";
    }
    faults.add(node.line(), path + " is " + node.describe() + "; " + textNeeded());
    return "";
  }

  private static String textNeeded() {
    return "give a text of at most " + LIMIT_TEXT + " characters";
  }
}
