package io.arete.rlaif.config;

import io.arete.rlaif.file.YamlNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of settings that take words of a closed list. */
final class Choices {

  private Choices() {}

  /** A list, or one value in which commas part the items, as on a command line. */
  static List<YamlNode> items(YamlNode node) {
    if (node instanceof YamlNode.Sequence sequence) {
      return sequence.items();
    }
    if (node instanceof YamlNode.Scalar scalar && !scalar.absent()) {
      String text = scalar.text().strip().replaceAll("^\\[(.*)]$", "$1");
      List<YamlNode> items = new ArrayList<>();
      for (String item : text.split(",", 64)) {
        items.add(new YamlNode.Scalar(item.strip(), false, scalar.line()));
      }
      return items;
    }
    return List.of();
  }

  /**
   * One of those values.
   *
   * @param word how a value is written in a recipe
   */
  record One<E extends Enum<E>>(List<E> values, Function<E, String> word) implements Kind<E> {
    @Override
    public E parse(YamlNode node, PathBase folders) throws WrongValue {
      String text = Texts.scalar(node, describe());
      for (E value : values) {
        if (word.apply(value).equals(text)) {
          return value;
        }
      }
      String nearest = Nearest.of(text, values.stream().map(word).toList());
      throw new WrongValue(
          "is " + node.describe() + " but must be " + describe() + "; the nearest is " + nearest);
    }

    @Override
    public String print(E value) {
      return word.apply(value);
    }

    @Override
    public String describe() {
      return "one of " + values.stream().map(word).collect(Collectors.joining(", "));
    }
  }

  /** One or more of those values without repetition, in the order of the enum; or {@code all}. */
  record Several<E extends Enum<E>>(One<E> one) implements Kind<List<E>> {
    @Override
    public List<E> parse(YamlNode node, PathBase folders) throws WrongValue {
      List<YamlNode> items = items(node);
      if (items.size() == 1
          && items.get(0) instanceof YamlNode.Scalar only
          && only.text().strip().equals("all")) {
        return one.values();
      }
      if (items.isEmpty() || items.size() > one.values().size()) {
        throw Texts.wrong(node, describe());
      }
      List<E> found = new ArrayList<>();
      for (YamlNode item : items) {
        found.add(one.parse(item, folders));
      }
      return List.copyOf(EnumSet.copyOf(found));
    }

    @Override
    public String print(List<E> value) {
      return value.size() == one.values().size()
          ? "all"
          : value.stream().map(one::print).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public String describe() {
      return "all, or a list of "
          + one.values().stream().map(one.word()).collect(Collectors.joining(", "));
    }
  }
}
