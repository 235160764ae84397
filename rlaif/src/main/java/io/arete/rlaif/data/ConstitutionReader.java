package io.arete.rlaif.data;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.Faults;
import io.arete.rlaif.file.YamlNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a constitution of YAML, and lists every fault. */
final class ConstitutionReader {

  private static final int LIMIT_TEXT = 20_000;
  private static final int LIMIT_VIRTUES = 64;
  private static final Pattern WEIGHT = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,9})?");
  private static final YamlNode.Mapping NOTHING = new YamlNode.Mapping(Map.of(), 0);

  private final Faults faults;

  ConstitutionReader(String name) {
    this.faults = new Faults(name);
  }

  /**
   * The constitution of that tree.
   *
   * @throws AreteException that lists every fault
   */
  Constitution constitution(YamlNode.Mapping root) {
    allowOnly(root, "", Set.of("name", "virtues", "questions", "reads", "judge"));
    String name = text(root, "name", "name");
    List<Virtue> virtues = virtues(group(root, "virtues"));
    Map<Facet, String> questions = questions(group(root, "questions"));
    Map<Facet, Reads> reads = reads(root);
    JudgeWording judge = judge(group(root, "judge"));
    faults.throwIfAny();
    return new Constitution(name, virtues, questions, reads, judge);
  }

  private List<Virtue> virtues(YamlNode.Mapping group) {
    List<Virtue> virtues = new ArrayList<>();
    for (String name : group.entries().keySet()) {
      YamlNode.Mapping virtue = group(group, name);
      allowOnly(virtue, "virtues." + name + ".", Set.of("description", "weight"));
      String path = "virtues." + name;
      virtues.add(
          new Virtue(
              name,
              text(virtue, "description", path + ".description"),
              weight(virtue, path + ".weight")));
    }
    if (group.line() > 0 && virtues.stream().noneMatch(virtue -> virtue.weight() > 0)) {
      faults.add(group.line(), "virtues needs at least one with a weight above 0");
    }
    if (virtues.size() > LIMIT_VIRTUES) {
      faults.add(group.line(), "virtues has more than the " + LIMIT_VIRTUES + " allowed");
    }
    return virtues;
  }

  private double weight(YamlNode.Mapping virtue, String path) {
    YamlNode node = virtue.entries().get("weight");
    if (node == null) {
      return 1;
    }
    if (node instanceof YamlNode.Scalar scalar && WEIGHT.matcher(scalar.text()).matches()) {
      return Double.parseDouble(scalar.text());
    }
    faults.add(node.line(), path + " is " + node.describe() + " but must be a number from 0");
    return 1;
  }

  private Map<Facet, String> questions(YamlNode.Mapping group) {
    allowOnly(group, "questions.", Set.of("motivation", "consequences"));
    Map<Facet, String> questions = new EnumMap<>(Facet.class);
    for (Facet facet : List.of(Facet.MOTIVATION, Facet.CONSEQUENCES)) {
      questions.put(facet, text(group, facet.wireName(), "questions." + facet.wireName()));
    }
    return questions;
  }

  private Map<Facet, Reads> reads(YamlNode.Mapping root) {
    Map<Facet, Reads> reads = new EnumMap<>(Facet.class);
    YamlNode.Mapping group = root.entries().containsKey("reads") ? group(root, "reads") : NOTHING;
    allowOnly(group, "reads.", facetNames());
    for (Facet facet : Facet.values()) {
      reads.put(facet, Reads.WHOLE);
      YamlNode node = group.entries().get(facet.wireName());
      if (node != null) {
        reads.put(facet, way(node, "reads." + facet.wireName()));
      }
    }
    return reads;
  }

  private Reads way(YamlNode node, String path) {
    for (Reads way : Reads.values()) {
      if (node instanceof YamlNode.Scalar scalar && scalar.text().equals(way.wireName())) {
        return way;
      }
    }
    faults.add(node.line(), path + " is " + node.describe() + " but must be whole or prompt+reply");
    return Reads.WHOLE;
  }

  private JudgeWording judge(YamlNode.Mapping group) {
    allowOnly(group, "judge.", Set.of("wording", "parts", "answers"));
    String wording = text(group, "wording", "judge.wording");
    checkPlaceholders(group, wording);
    YamlNode.Mapping named = group(group, "parts");
    allowOnly(named, "judge.parts.", facetNames());
    Map<Facet, String> parts = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      parts.put(facet, text(named, facet.wireName(), "judge.parts." + facet.wireName()));
    }
    List<String> answers = answers(group);
    return new JudgeWording(wording, parts, answers.get(0), answers.get(1));
  }

  private void checkPlaceholders(YamlNode.Mapping group, String wording) {
    YamlNode node = group.entries().get("wording");
    if (node == null || wording.isEmpty()) {
      return;
    }
    Set<String> missing = new TreeSet<>(JudgeWording.REQUIRED);
    Matcher matcher = JudgeWording.PLACEHOLDER.matcher(wording);
    while (matcher.find()) {
      missing.remove(matcher.group(1));
      if (!JudgeWording.ALLOWED.contains(matcher.group(1))) {
        faults.add(
            node.line(),
            "judge.wording holds "
                + matcher.group()
                + ", which is none of "
                + new TreeSet<>(JudgeWording.ALLOWED));
      }
    }
    missing.forEach(name -> faults.add(node.line(), "judge.wording lacks {" + name + "}"));
  }

  private List<String> answers(YamlNode.Mapping group) {
    YamlNode node = group.entries().get("answers");
    if (node instanceof YamlNode.Sequence list
        && list.items().size() == 2
        && list.items().get(0) instanceof YamlNode.Scalar first
        && list.items().get(1) instanceof YamlNode.Scalar second
        && !first.text().isBlank()
        && !second.text().isBlank()
        && !first.text().strip().equals(second.text().strip())) {
      return List.of(first.text().strip(), second.text().strip());
    }
    faults.add(
        node == null ? group.line() : node.line(),
        "judge.answers must be a list of two different words, such as [A, B]");
    return List.of("A", "B");
  }

  private YamlNode.Mapping group(YamlNode.Mapping parent, String name) {
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

  private String text(YamlNode.Mapping parent, String name, String path) {
    YamlNode node = parent.entries().get(name);
    if (node instanceof YamlNode.Scalar scalar
        && !scalar.text().isBlank()
        && scalar.text().length() <= LIMIT_TEXT) {
      return scalar.text().strip();
    }
    if (parent.line() > 0) {
      faults.add(
          node == null ? parent.line() : node.line(),
          path
              + (node == null ? " is missing" : " is " + node.describe())
              + "; give a text of at most "
              + LIMIT_TEXT
              + " characters");
    }
    return "";
  }

  private void allowOnly(YamlNode.Mapping group, String prefix, Set<String> names) {
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

  private static Set<String> facetNames() {
    return Set.of("action", "motivation", "consequences");
  }
}
