package io.arete.rlaif.data;

import io.arete.rlaif.file.YamlNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Makes the group {@code judge} of a constitution. */
final class JudgeReader {

  static final Set<String> FACETS = Set.of("action", "motivation", "consequences");

  private static final int LIMIT_EXAMPLES = 16;
  private static final Pattern TOKENS = Pattern.compile("[0-9]{1,6}");
  private static final Set<String> EXAMPLE_KEYS =
      Set.of("facet", "virtue", "prompt", "first", "second", "answer", "reasoning");

  private final ConstitutionNodes nodes;
  private final List<Virtue> virtues;

  JudgeReader(ConstitutionNodes nodes, List<Virtue> virtues) {
    this.nodes = nodes;
    this.virtues = virtues;
  }

  JudgeWording judge(YamlNode.Mapping group) {
    nodes.allowOnly(
        group, "judge.", Set.of("wording", "parts", "answers", "examples", "reasoning"));
    String wording = nodes.text(group, "wording", "judge.wording");
    checkPlaceholders(
        nodes, group, "wording", "judge.wording", JudgeWording.REQUIRED, JudgeWording.OPTIONAL);
    YamlNode.Mapping named = nodes.group(group, "parts");
    nodes.allowOnly(named, "judge.parts.", FACETS);
    Map<Facet, String> parts = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      parts.put(facet, nodes.text(named, facet.wireName(), "judge.parts." + facet.wireName()));
    }
    List<String> answers = answers(group);
    Optional<JudgeReasoning> reasoning =
        nodes.optionalGroup(group, "reasoning").map(one -> reasoning(one, answers));
    return new JudgeWording(
        wording,
        parts,
        answers.get(0),
        answers.get(1),
        examples(group, answers, reasoning.isPresent()),
        reasoning);
  }

  /** Faults for placeholders that are missing, and for those that there are not. */
  static void checkPlaceholders(
      ConstitutionNodes nodes,
      YamlNode.Mapping group,
      String name,
      String path,
      Set<String> required,
      Set<String> optional) {
    if (!(group.entries().get(name) instanceof YamlNode.Scalar scalar) || scalar.text().isBlank()) {
      return;
    }
    Set<String> found = Placeholders.in(scalar.text());
    Set<String> allowed = new TreeSet<>(required);
    allowed.addAll(optional);
    for (String placeholder : found) {
      if (!allowed.contains(placeholder)) {
        nodes
            .faults()
            .add(
                scalar.line(),
                path
                    + " holds {"
                    + placeholder
                    + "}, "
                    + (allowed.isEmpty()
                        ? "but no placeholder means anything there"
                        : "which is none of " + allowed));
      }
    }
    Set<String> missing = new TreeSet<>(required);
    missing.removeAll(found);
    missing.forEach(one -> nodes.faults().add(scalar.line(), path + " lacks {" + one + "}"));
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
    nodes
        .faults()
        .add(
            node == null ? group.line() : node.line(),
            "judge.answers must be a list of two different words, such as [A, B]");
    return List.of("A", "B");
  }

  private JudgeReasoning reasoning(YamlNode.Mapping group, List<String> answers) {
    nodes.allowOnly(group, "judge.reasoning.", Set.of("wording", "answer", "tokens"));
    String asked = "Now reply with " + answers.get(0) + " or " + answers.get(1) + ".";
    checkPlaceholders(
        nodes, group, "wording", "judge.reasoning.wording", Set.of(), RevisionWording.VIRTUE);
    checkPlaceholders(nodes, group, "answer", "judge.reasoning.answer", Set.of(), Set.of());
    return new JudgeReasoning(
        nodes.text(group, "wording", "judge.reasoning.wording"),
        nodes.optionalText(group, "answer", "judge.reasoning.answer").orElse(asked),
        tokens(group));
  }

  private int tokens(YamlNode.Mapping group) {
    YamlNode node = group.entries().get("tokens");
    if (node == null) {
      return JudgeReasoning.DEFAULT_TOKENS;
    }
    int tokens =
        node instanceof YamlNode.Scalar scalar && TOKENS.matcher(scalar.text()).matches()
            ? Integer.parseInt(scalar.text())
            : 0;
    if (tokens < 1 || tokens > JudgeReasoning.MOST_TOKENS) {
      nodes
          .faults()
          .add(
              node.line(),
              "judge.reasoning.tokens is "
                  + node.describe()
                  + " but must be a whole number from 1 to "
                  + JudgeReasoning.MOST_TOKENS);
      return 1;
    }
    return tokens;
  }

  private List<JudgeExample> examples(
      YamlNode.Mapping group, List<String> answers, boolean reasoned) {
    YamlNode node = group.entries().get("examples");
    if (node == null) {
      return List.of();
    }
    List<JudgeExample> examples = new ArrayList<>();
    List<YamlNode> items = nodes.items(node, "judge.examples", LIMIT_EXAMPLES);
    for (int i = 0; i < items.size(); i++) {
      String path = "judge.examples[" + i + "]";
      if (items.get(i) instanceof YamlNode.Mapping mapping) {
        examples.add(example(mapping, path, answers, reasoned));
      } else {
        nodes.faults().add(items.get(i).line(), path + " must be a group of keys below it");
      }
    }
    return examples;
  }

  private JudgeExample example(
      YamlNode.Mapping group, String path, List<String> answers, boolean reasoned) {
    nodes.allowOnly(group, path + ".", EXAMPLE_KEYS);
    String virtue = oneOf(group, path, "virtue", virtues.stream().map(Virtue::name).toList());
    Optional<Facet> facet =
        group.entries().containsKey("facet")
            ? facet(oneOf(group, path, "facet", List.copyOf(new TreeSet<>(FACETS))))
            : Optional.empty();
    Optional<String> reasoning = nodes.optionalText(group, "reasoning", path + ".reasoning");
    if (reasoning.isPresent() != reasoned) {
      nodes
          .faults()
          .add(
              group.line(),
              path
                  + (reasoned
                      ? ".reasoning is missing, but judge.reasoning is given"
                      : ".reasoning is given, but judge.reasoning is not"));
    }
    return new JudgeExample(
        facet,
        virtues.stream()
            .filter(one -> one.name().equals(virtue))
            .findFirst()
            .orElse(new Virtue(virtue, "", 0)),
        nodes.text(group, "prompt", path + ".prompt"),
        nodes.text(group, "first", path + ".first"),
        nodes.text(group, "second", path + ".second"),
        oneOf(group, path, "answer", answers).equals(answers.get(0)),
        reasoning);
  }

  /** A text of that list; anything else is a fault. */
  private String oneOf(YamlNode.Mapping group, String path, String name, List<String> allowed) {
    String text = nodes.text(group, name, path + "." + name);
    YamlNode node = group.entries().get(name);
    if (node != null && !text.isEmpty() && !allowed.contains(text)) {
      nodes
          .faults()
          .add(
              node.line(),
              path + "." + name + " is " + node.describe() + " but must be one of " + allowed);
    }
    return text;
  }

  private static Optional<Facet> facet(String name) {
    for (Facet facet : Facet.values()) {
      if (facet.wireName().equals(name)) {
        return Optional.of(facet);
      }
    }
    return Optional.empty();
  }
}
