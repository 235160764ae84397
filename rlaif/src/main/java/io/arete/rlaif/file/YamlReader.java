package io.arete.rlaif.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.arete.engine.AreteException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a YAML document into a small tree: at most 1 MiB of text, 8 levels, one document, no
 * anchors, aliases or type tags, no key twice.
 */
public final class YamlReader {

  private static final int LIMIT_BYTES = 1 << 20;
  private static final int LIMIT_DEPTH = 8;
  private static final YAMLFactory FACTORY = new YAMLFactory();

  private final YAMLParser parser;
  private final String name;

  private YamlReader(YAMLParser parser, String name) {
    this.parser = parser;
    this.name = name;
  }

  /**
   * The named values of a YAML file.
   *
   * @throws AreteException if it cannot be read, is not YAML, or passes a limit
   */
  public static YamlNode.Mapping read(Path file) {
    return parse(BoundedText.read(file, LIMIT_BYTES), file.toString());
  }

  /**
   * The named values of a YAML text.
   *
   * @param name what messages call the text
   * @throws AreteException if it is not YAML or passes a limit
   */
  public static YamlNode.Mapping parse(String text, String name) {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      return new YamlReader(parser, name).document();
    } catch (JsonProcessingException e) {
      throw notYaml(name, e.getLocation(), e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw notYaml(name, null, e.getMessage(), e);
    } catch (AreteException e) {
      throw e;
    } catch (RuntimeException e) {
      // The parser below Jackson lets a few of its own failures through.
      throw notYaml(name, null, e.getMessage(), e);
    }
  }

  private YamlNode.Mapping document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new AreteException(name + " is empty.");
    }
    YamlNode root = node(first, 1);
    if (parser.nextToken() != null) {
      throw fault("a second document begins; only one is allowed");
    }
    if (root instanceof YamlNode.Mapping mapping) {
      return mapping;
    }
    throw new AreteException(
        name + " must hold named values (key: value), but is " + root.describe() + ".");
  }

  private YamlNode node(JsonToken token, int depth) throws IOException {
    if (depth > LIMIT_DEPTH) {
      throw fault("nested deeper than the " + LIMIT_DEPTH + " levels allowed");
    }
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      throw fault("anchors (&) and aliases (*) are not allowed; write the value out");
    }
    if (parser.getTypeId() != null || token == JsonToken.VALUE_EMBEDDED_OBJECT) {
      throw fault("type tags (!) are not allowed; write the plain value");
    }
    if (token == JsonToken.START_OBJECT) {
      return mapping(depth);
    }
    if (token == JsonToken.START_ARRAY) {
      return sequence(depth);
    }
    return new YamlNode.Scalar(parser.getText(), token == JsonToken.VALUE_NULL, line());
  }

  private YamlNode mapping(int depth) throws IOException {
    int line = line();
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    while (next() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      if (parser.isCurrentAlias()) {
        throw fault("anchors (&) and aliases (*) are not allowed; write the key out");
      }
      if (entries.containsKey(key)) {
        throw fault("the key " + key + " stands there twice; remove one");
      }
      entries.put(key, node(next(), depth + 1));
    }
    return new YamlNode.Mapping(entries, line);
  }

  private YamlNode sequence(int depth) throws IOException {
    int line = line();
    List<YamlNode> items = new ArrayList<>();
    JsonToken token = next();
    while (token != JsonToken.END_ARRAY) {
      items.add(node(token, depth + 1));
      token = next();
    }
    return new YamlNode.Sequence(items, line);
  }

  private JsonToken next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw fault("the text ends in the middle of a value");
    }
    return token;
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private AreteException fault(String what) {
    return new AreteException(name + " line " + line() + ": " + what + ".");
  }

  private static AreteException notYaml(
      String name, @Nullable JsonLocation location, @Nullable String reason, Throwable cause) {
    String line = location == null ? "" : " line " + location.getLineNr();
    // The parser's own words stand at the left edge; places and excerpts are indented below them.
    String words =
        String.valueOf(reason)
            .lines()
            .filter(text -> !text.isBlank() && !text.startsWith(" "))
            .limit(3)
            .collect(Collectors.joining(": "));
    return new AreteException(name + line + " is not valid YAML: " + words + ".", cause);
  }
}
