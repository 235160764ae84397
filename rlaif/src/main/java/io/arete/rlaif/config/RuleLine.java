package io.arete.rlaif.config;

import io.arete.rlaif.data.RuleText;
import io.arete.rlaif.file.YamlNode;

/** A rule in its own words, or one of the box by its place, which is kept as it is. */
record RuleLine() implements Kind<String> {

  private static final Texts.Line LINE = new Texts.Line();

  @Override
  public String parse(YamlNode node, PathBase folders) throws WrongValue {
    String text = LINE.parse(node, folders);
    if (text.startsWith(RuleText.BOX) && !RuleText.inTheBox().contains(text)) {
      throw new WrongValue(
          "is "
              + node.describe()
              + " but must be "
              + describe()
              + "; the nearest is "
              + Nearest.of(text, RuleText.inTheBox()));
    }
    return text;
  }

  @Override
  public String print(String value) {
    return LINE.print(value);
  }

  @Override
  public String describe() {
    return LINE.describe() + ", or one of " + String.join(", ", RuleText.inTheBox());
  }
}
