package io.arete.rlaif.config;

import io.arete.engine.AreteException;
import io.arete.rlaif.data.RuleText;
import io.arete.rlaif.file.Box;
import io.arete.rlaif.file.YamlNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A rule in its own words; one of the box by its place, which is kept as it is; or that of a file,
 * {@code file:PATH}, whose words take the path's place: a run holds the rule that it was run with.
 */
record RuleLine() implements Kind<String> {

  private static final String FILE = "file:";
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cs}&&[^\n]]");

  @Override
  public String parse(YamlNode node, PathBase folders) throws WrongValue {
    if (!(node instanceof YamlNode.Scalar scalar) || scalar.absent()) {
      throw Texts.wrong(node, describe());
    }
    String text = scalar.text().strip();
    if (text.startsWith(FILE)) {
      text = read(node, folders, text.substring(FILE.length()));
    }
    if (text.isEmpty() || text.length() > Texts.LIMIT || CONTROL.matcher(text).find()) {
      throw new WrongValue(
          "must be words, at most " + Texts.LIMIT + " characters, without control signs");
    }
    if (Box.isIn(text) && !RuleText.inTheBox().contains(text)) {
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

  private String read(YamlNode node, PathBase folders, String place) throws WrongValue {
    try {
      return RuleText.read(folders.resolve(Path.of(place.strip())).toString())
          .replace("\r\n", "\n");
    } catch (InvalidPathException e) {
      throw Texts.wrong(node, describe());
    } catch (AreteException e) {
      throw new WrongValue("names a file that cannot be read: " + e.getMessage());
    }
  }

  @Override
  public String print(String value) {
    return YamlText.quote(value);
  }

  @Override
  public String describe() {
    return "text, file:PATH, or one of " + String.join(", ", RuleText.inTheBox());
  }
}
