package io.arete.rlaif.data;

import io.arete.engine.AreteException;
import io.arete.rlaif.file.YamlNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes a constitution of YAML, and lists every fault. */
final class ConstitutionReader {

  private static final int LIMIT_VIRTUES = 64;
  private static final int LIMIT_NAME = 100;
  private static final int LIMIT_SIGNS = 32;
  private static final Pattern WEIGHT = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,9})?");

  private final ConstitutionNodes nodes;

  ConstitutionReader(String name) {
    this.nodes = new ConstitutionNodes(name);
  }

  /**
   * The constitution of that tree.
   *
   * @throws AreteException that lists every fault
   */
  Constitution constitution(YamlNode.Mapping root) {
    nodes.allowOnly(root, "", Set.of("name", "virtues", "questions", "reads", "judge", "revision"));
    String name = nodes.text(root, "name", "name");
    List<Virtue> virtues = virtues(nodes.group(root, "virtues"));
    Map<Facet, String> questions = questions(nodes.group(root, "questions"));
    Map<Facet, Reads> reads = reads(root);
    JudgeWording judge = new JudgeReader(nodes, virtues).judge(nodes.group(root, "judge"));
    Optional<RevisionWording> revision =
        nodes
            .optionalGroup(root, "revision")
            .map(group -> new RevisionReader(nodes).revision(group));
    checkSigns(root, virtues, judge, revision);
    nodes.faults().throwIfAny();
    return new Constitution(name, virtues, questions, reads, judge, revision);
  }

  private List<Virtue> virtues(YamlNode.Mapping group) {
    List<Virtue> virtues = new ArrayList<>();
    for (String name : group.entries().keySet()) {
      virtues.add(virtue(name, nodes.group(group, name), group.line()));
    }
    if (group.line() > 0 && virtues.stream().noneMatch(virtue -> virtue.weight() > 0)) {
      nodes.faults().add(group.line(), "virtues needs at least one with a weight above 0");
    }
    if (virtues.size() > LIMIT_VIRTUES) {
      nodes.faults().add(group.line(), "virtues has more than the " + LIMIT_VIRTUES + " allowed");
    }
    return virtues;
  }

  private Virtue virtue(String name, YamlNode.Mapping virtue, int line) {
    String path = "virtues." + name;
    if (name.isBlank() || name.length() > LIMIT_NAME) {
      nodes
          .faults()
          .add(
              line,
              "virtues holds a name of " + name.length() + " characters; give 1 to " + LIMIT_NAME);
    }
    nodes.allowOnly(virtue, path + ".", Set.of("description", "weight", "signs"));
    YamlNode.Mapping signs = nodes.optionalGroup(virtue, "signs").orElse(ConstitutionNodes.NOTHING);
    nodes.allowOnly(signs, path + ".signs.", Set.of("present", "absent"));
    return new Virtue(
        name,
        nodes.text(virtue, "description", path + ".description"),
        weight(virtue, path + ".weight"),
        nodes.texts(signs, "present", path + ".signs.present", LIMIT_SIGNS),
        nodes.texts(signs, "absent", path + ".signs.absent", LIMIT_SIGNS));
  }

  private double weight(YamlNode.Mapping virtue, String path) {
    YamlNode node = virtue.entries().get("weight");
    if (node == null) {
      return 1;
    }
    if (node instanceof YamlNode.Scalar scalar && WEIGHT.matcher(scalar.text()).matches()) {
      return Double.parseDouble(scalar.text());
    }
    nodes
        .faults()
        .add(node.line(), path + " is " + node.describe() + " but must be a number from 0");
    return 1;
  }

  /**
   * Signs that no wording shows would be of no effect; a wording without signs would have a gap.
   */
  private void checkSigns(
      YamlNode.Mapping root,
      List<Virtue> virtues,
      JudgeWording judge,
      Optional<RevisionWording> revision) {
    Set<String> shown = Placeholders.in(judge.template());
    revision.ifPresent(
        wording -> {
          shown.addAll(Placeholders.in(wording.critique()));
          shown.addAll(Placeholders.in(wording.revise()));
        });
    for (Virtue virtue : virtues) {
      checkSigns(root, "virtues." + virtue.name() + ".signs.present", virtue.present(), shown);
      checkSigns(root, "virtues." + virtue.name() + ".signs.absent", virtue.absent(), shown);
    }
  }

  private void checkSigns(
      YamlNode.Mapping root, String path, List<String> signs, Set<String> shown) {
    String placeholder = path.substring(path.lastIndexOf('.') + 1);
    if (signs.isEmpty() && shown.contains(placeholder)) {
      nodes
          .faults()
          .add(root.line(), path + " is missing, but a wording holds {" + placeholder + "}");
    }
    if (!signs.isEmpty() && !shown.contains(placeholder)) {
      nodes
          .faults()
          .add(root.line(), path + " is given, but no wording holds {" + placeholder + "}");
    }
  }

  private Map<Facet, String> questions(YamlNode.Mapping group) {
    nodes.allowOnly(group, "questions.", Set.of("motivation", "consequences"));
    Map<Facet, String> questions = new EnumMap<>(Facet.class);
    for (Facet facet : List.of(Facet.MOTIVATION, Facet.CONSEQUENCES)) {
      questions.put(facet, nodes.text(group, facet.wireName(), "questions." + facet.wireName()));
    }
    return questions;
  }

  private Map<Facet, Reads> reads(YamlNode.Mapping root) {
    Map<Facet, Reads> reads = new EnumMap<>(Facet.class);
    YamlNode.Mapping group = nodes.optionalGroup(root, "reads").orElse(ConstitutionNodes.NOTHING);
    nodes.allowOnly(group, "reads.", JudgeReader.FACETS);
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
    nodes
        .faults()
        .add(node.line(), path + " is " + node.describe() + " but must be whole or prompt+reply");
    return Reads.WHOLE;
  }
}
