package io.arete.rlaif.attack.study;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.attack.judge.ReplyLabel;
import io.arete.rlaif.attack.prompt.Behavior;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What replies are, group by group: each group of harmful requests under each family of attacks,
 * and each group of harmless ones.
 *
 * <p>A request's share is the mean over its replies, and under a family over its attacks; a group's
 * is the mean over its requests ({@link MeanShare}).
 *
 * @param design whose behaviors have groups
 * @param counting the judge that counts
 */
record StudyGroups(StudyDesign design, String counting) {

  /** All groups of one system. */
  ArrayNode of(SystemFindings system) {
    ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
    for (String family : new TreeSet<>(system.families().values())) {
      List<Recount> recounts =
          system.recounts().entrySet().stream()
              .filter(one -> family.equals(system.families().get(one.getKey())))
              .map(one -> one.getValue())
              .toList();
      add(nodes, design.harmful(), recounts, family);
    }
    add(nodes, design.harmless(), List.of(system.harmless()), "");
    return nodes;
  }

  private void add(
      ArrayNode nodes, List<Behavior> behaviors, List<Recount> recounts, String family) {
    TreeSet<String> groups =
        behaviors.stream().map(Behavior::group).collect(Collectors.toCollection(TreeSet::new));
    for (String group : groups) {
      ObjectNode node =
          nodes.addObject().put("requests", family.isEmpty() ? "harmless" : "harmful");
      if (!family.isEmpty()) {
        node.put("family", family);
      }
      node.put("group", group);
      for (ReplyLabel label : ReplyLabel.values()) {
        node.set(
            label.wireName(),
            share(recounts, label, place -> behaviors.get(place).group().equals(group)));
      }
    }
  }

  private ObjectNode share(List<Recount> recounts, ReplyLabel label, IntPredicate own) {
    List<List<OptionalDouble>> shares =
        recounts.stream().map(recount -> recount.shares(counting, label)).toList();
    List<Double> told = new ArrayList<>();
    IntStream.range(0, shares.get(0).size())
        .filter(own)
        .forEach(
            place ->
                shares.stream()
                    .map(one -> one.get(place))
                    .filter(OptionalDouble::isPresent)
                    .mapToDouble(OptionalDouble::getAsDouble)
                    .average()
                    .ifPresent(told::add));
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("n", told.size());
    if (told.isEmpty()) {
      return node;
    }
    MeanShare mean = MeanShare.of(told.stream().mapToDouble(Double::doubleValue).toArray());
    return node.put("share", mean.share())
        .put("low", mean.interval().low())
        .put("high", mean.interval().high());
  }
}
