package io.arete.rlaif.attack.prompt;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.Box;
import io.arete.rlaif.file.Faults;
import io.arete.rlaif.file.YamlNode;
import io.arete.rlaif.file.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads templates: a YAML file with {@code templates}, a list of {@code name}, {@code family},
 * {@code text} and perhaps {@code encoding}.
 */
public final class TemplateReader {

  /** The place of those that come with Arete. */
  public static final String BOX = "box:templates";

  private static final String RESOURCE = "/io/arete/rlaif/attack/templates.yaml";
  private static final int MOST = 200;
  private static final int LONGEST = 4_000;
  private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Set<String> KEYS = Set.of("name", "family", "text", "encoding");

  private final Faults faults;
  private final Set<String> names = new HashSet<>();

  private TemplateReader(String file) {
    this.faults = new Faults(file);
  }

  /**
   * The templates of a place.
   *
   * @param place {@link #BOX}, or a file's path
   * @throws AreteException that lists every fault
   */
  public static List<AttackTemplate> read(String place) {
    if (!Box.isIn(place)) {
      return new TemplateReader(place).templates(YamlReader.read(Path.of(place)));
    }
    if (!place.equals(BOX)) {
      throw new AreteException(
          "There are no templates " + place + "; take " + BOX + " or a file of your own.");
    }
    try (InputStream text =
        Objects.requireNonNull(TemplateReader.class.getResourceAsStream(RESOURCE))) {
      return parse(new String(text.readAllBytes(), StandardCharsets.UTF_8), BOX);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The templates of a text.
   *
   * @param name what messages call it
   * @throws AreteException that lists every fault
   */
  static List<AttackTemplate> parse(String text, String name) {
    return new TemplateReader(name).templates(YamlReader.parse(text, name));
  }

  private List<AttackTemplate> templates(YamlNode.Mapping root) {
    List<AttackTemplate> templates = new ArrayList<>();
    allowOnly(root, Set.of("templates"));
    YamlNode list = root.entries().get("templates");
    if (list instanceof YamlNode.Sequence sequence
        && !sequence.items().isEmpty()
        && sequence.items().size() <= MOST) {
      sequence.items().forEach(item -> template(item).ifPresent(templates::add));
    } else {
      faults.add(root.line(), "templates must be a list of 1 to " + MOST + " templates");
    }
    faults.throwIfAny();
    return List.copyOf(templates);
  }

  private Optional<AttackTemplate> template(YamlNode node) {
    if (!(node instanceof YamlNode.Mapping group)) {
      faults.add(node.line(), "a template must be a group of keys: " + new TreeSet<>(KEYS));
      return Optional.empty();
    }
    allowOnly(group, KEYS);
    String name = word(group, "name");
    if (!name.isEmpty() && !names.add(name)) {
      faults.add(group.line(), "the name " + name + " stands there twice; give another one");
    }
    if (name.equals("direct")) {
      faults.add(group.line(), "direct is the name of asking plainly; give another one");
    }
    return Optional.of(
        new AttackTemplate(name, word(group, "family"), encoding(group), text(group)));
  }

  private String word(YamlNode.Mapping group, String key) {
    String text = scalar(group, key);
    if (!WORD.matcher(text).matches()) {
      faults.add(
          group.line(),
          key + " must be 1 to 40 small letters, digits and hyphens, as in role-play");
      return "";
    }
    return text;
  }

  private String text(YamlNode.Mapping group) {
    String text = scalar(group, "text").strip();
    if (text.length() > LONGEST || !text.contains(AttackTemplate.REQUEST)) {
      faults.add(
          group.line(),
          "text must have at most "
              + LONGEST
              + " characters and the place of the request, "
              + AttackTemplate.REQUEST);
    }
    return text;
  }

  private Encoding encoding(YamlNode.Mapping group) {
    String name = scalar(group, "encoding");
    if (!group.entries().containsKey("encoding")) {
      return Encoding.PLAIN;
    }
    Optional<Encoding> found =
        Stream.of(Encoding.values()).filter(one -> one.wireName().equals(name)).findFirst();
    if (found.isEmpty()) {
      faults.add(
          group.line(),
          "encoding must be one of "
              + Stream.of(Encoding.values())
                  .map(Encoding::wireName)
                  .collect(Collectors.joining(", ")));
    }
    return found.orElse(Encoding.PLAIN);
  }

  private static String scalar(YamlNode.Mapping group, String key) {
    return group.entries().get(key) instanceof YamlNode.Scalar scalar && !scalar.absent()
        ? scalar.text()
        : "";
  }

  private void allowOnly(YamlNode.Mapping group, Set<String> keys) {
    group
        .entries()
        .forEach(
            (key, node) -> {
              if (!keys.contains(key)) {
                faults.add(
                    node.line(),
                    String.format(
                        Locale.ROOT, "unknown key %s; allowed are %s", key, new TreeSet<>(keys)));
              }
            });
  }
}
