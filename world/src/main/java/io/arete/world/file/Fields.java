package io.arete.world.file;

import io.arete.rlaif.file.Faults;
import io.arete.rlaif.file.YamlNode;
import io.arete.rlaif.file.YamlReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A group of keys in a bank, read with types. What is missing or wrong becomes a fault with its
 * line, and a harmless value takes its place, so that one reading finds every fault.
 */
public final class Fields {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");
  private static final YamlNode.Mapping NOTHING = new YamlNode.Mapping(Map.of(), 0);

  private final YamlNode.Mapping node;
  private final String path;
  private final Faults faults;

  private Fields(YamlNode.Mapping node, String path, Faults faults) {
    this.node = node;
    this.path = path;
    this.faults = faults;
  }

  /** The named values of a bank's text; its faults go to {@code faults}. */
  public static Fields parse(String text, String name, Faults faults) {
    return new Fields(YamlReader.parse(text, name), "", faults);
  }

  /** The keys, in the order of the file. */
  public Set<String> keys() {
    return node.entries().keySet();
  }

  /** Whether that key is there. */
  public boolean has(String key) {
    return node.entries().containsKey(key);
  }

  /** Makes every other key a fault. */
  public void allowOnly(String... keys) {
    Set<String> allowed = new TreeSet<>(List.of(keys));
    node.entries()
        .forEach(
            (key, value) -> {
              if (!allowed.contains(key)) {
                faults.add(value.line(), "unknown key " + path + key + "; allowed are " + allowed);
              }
            });
  }

  /** Adds a fault at this group's line. */
  public void fault(String sentence) {
    faults.add(node.line(), sentence);
  }

  /** A text; a fault if it is missing. */
  public String text(String key) {
    return optionalText(key).orElseGet(() -> missing(key, "a text", ""));
  }

  /** A text that may be missing. */
  public Optional<String> optionalText(String key) {
    YamlNode value = node.entries().get(key);
    return value instanceof YamlNode.Scalar scalar && !scalar.absent()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  /** A list of texts; a fault if it is missing or empty. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    if (node.entries().get(key) instanceof YamlNode.Sequence list) {
      for (YamlNode item : list.items()) {
        if (item instanceof YamlNode.Scalar scalar && !scalar.absent()) {
          texts.add(scalar.text());
        } else {
          faults.add(item.line(), path + key + " holds " + item.describe() + " instead of a text");
        }
      }
    }
    return texts.isEmpty() ? missing(key, "a list of texts", List.of("")) : List.copyOf(texts);
  }

  /** One of those words; a fault, and the first of them, if it is none. */
  public String choice(String key, List<String> words) {
    String word = text(key);
    return words.contains(word) ? word : missing(key, "one of " + words, words.get(0));
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key) {
    return choice(key, List.of("true", "false")).equals("true");
  }

  /** A number between two bounds, both allowed. */
  public double number(String key, double least, double most) {
    return toNumber(text(key), least, most)
        .orElseGet(() -> missing(key, "a number from " + least + " to " + most, least));
  }

  /** So many numbers between two bounds. */
  public List<Double> numbers(String key, int count, double least, double most) {
    List<Double> numbers =
        texts(key).stream().flatMap(text -> toNumber(text, least, most).stream()).toList();
    return numbers.size() == count
        ? numbers
        : missing(
            key,
            "a list of " + count + " numbers from " + least + " to " + most,
            Collections.nCopies(count, least));
  }

  /** A group of keys; a fault, and an empty one, if it is missing. */
  public Fields group(String key) {
    String itsPath = path + key + ".";
    return node.entries().get(key) instanceof YamlNode.Mapping mapping
        ? new Fields(mapping, itsPath, faults)
        : missing(key, "a group of keys", new Fields(NOTHING, itsPath, faults));
  }

  /** A list of groups; a fault if it is missing or empty. */
  public List<Fields> groups(String key) {
    List<Fields> groups = new ArrayList<>();
    if (node.entries().get(key) instanceof YamlNode.Sequence list) {
      for (YamlNode item : list.items()) {
        if (item instanceof YamlNode.Mapping mapping) {
          groups.add(new Fields(mapping, path + key + "[" + groups.size() + "].", faults));
        } else {
          faults.add(item.line(), path + key + " holds " + item.describe() + " instead of keys");
        }
      }
    }
    return groups.isEmpty() ? missing(key, "a list of groups of keys", List.of()) : groups;
  }

  /** Every key with its text, in the order of the file. */
  public Map<String, String> allTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    keys().forEach(key -> texts.put(key, text(key)));
    return texts;
  }

  private static Optional<Double> toNumber(String text, double least, double most) {
    if (!NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    double number = Double.parseDouble(text);
    return number >= least && number <= most ? Optional.of(number) : Optional.empty();
  }

  private <T> T missing(String key, String wanted, T instead) {
    YamlNode value = node.entries().get(key);
    // A group that is itself missing was reported already, at its own key.
    if (node.line() > 0) {
      faults.add(
          value == null ? node.line() : value.line(),
          path
              + key
              + (value == null ? " is missing" : " is " + value.describe())
              + " but must be "
              + wanted);
    }
    return instead;
  }
}
