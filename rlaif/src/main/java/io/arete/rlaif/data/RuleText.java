package io.arete.rlaif.data;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.Box;
import io.arete.rlaif.file.YamlNode;
import io.arete.rlaif.file.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Rules for a system prompt: those that come with Arete, and files. */
public final class RuleText {

  private static final String RESOURCE = "/io/arete/rlaif/rules/rules.yaml";
  private static final int LIMIT_BYTES = 1 << 16;

  private RuleText() {}

  /** The places of those that come with Arete. */
  public static List<String> inTheBox() {
    return boxed().keySet().stream().map(Box::place).toList();
  }

  /**
   * The rules of a place.
   *
   * @param place {@code box:NAME} for those that come with Arete, or a text file's path
   * @throws AreteException if there are none
   */
  public static String read(String place) {
    return Box.isIn(place)
        ? ofLine(place)
        : Box.readFile(place, boxed().keySet(), LIMIT_BYTES).strip();
  }

  /**
   * The rules that a line names, or is.
   *
   * @param line {@code box:NAME}, or the words themselves
   * @throws AreteException if there are none of that name
   */
  public static String ofLine(String line) {
    if (!Box.isIn(line)) {
      return line;
    }
    String text = boxed().get(Box.name(line));
    if (text == null) {
      throw new AreteException(
          "There are no rules " + line + " in the box; take one of " + inTheBox() + " or a file.");
    }
    return text;
  }

  /** By name, in the order of the file. */
  private static Map<String, String> boxed() {
    Map<String, String> rules = new LinkedHashMap<>();
    YamlNode list = YamlReader.parse(resource(), RESOURCE).entries().get("rules");
    for (YamlNode item : ((YamlNode.Sequence) Objects.requireNonNull(list)).items()) {
      Map<String, YamlNode> rule = ((YamlNode.Mapping) item).entries();
      rules.put(word(rule, "name"), word(rule, "text"));
    }
    return Collections.unmodifiableMap(rules);
  }

  private static String word(Map<String, YamlNode> rule, String key) {
    return ((YamlNode.Scalar) Objects.requireNonNull(rule.get(key))).text().strip();
  }

  private static String resource() {
    try (InputStream text =
        Objects.requireNonNull(RuleText.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the rules in the box cannot be read", e);
    }
  }
}
