package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.stats.Pearson;
import io.arete.rlaif.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far members of an ensemble say the same, by what they said of the same held-out comparisons.
 */
final class MemberReport {

  private MemberReport() {}

  /**
   * The correlation of each two members' score differences over the comparisons that both know;
   * null where there are fewer than three.
   *
   * @param members by name, in the order of the matrix
   */
  static ObjectNode correlations(Map<String, HeldOutScores> members) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode names = root.putArray("members");
    members.keySet().forEach(names::add);
    ArrayNode pairs = root.putArray("common_pairs");
    ArrayNode matrix = root.putArray("correlation");
    for (HeldOutScores one : members.values()) {
      ArrayNode counts = pairs.addArray();
      ArrayNode row = matrix.addArray();
      for (HeldOutScores other : members.values()) {
        List<String> common = common(List.of(one, other));
        counts.add(common.size());
        if (common.size() < 3) {
          row.addNull();
        } else {
          row.add(
              Pearson.r(
                  ReadPairs.bothWays(differences(one, common)),
                  ReadPairs.bothWays(differences(other, common))));
        }
      }
    }
    return root;
  }

  /**
   * The mean standard deviation of the members' z scores of a text, over the texts that all know;
   * nothing if there is none.
   */
  static Optional<ObjectNode> disagreement(List<HeldOutScores> members) {
    List<String> common = common(members);
    if (common.isEmpty() || members.size() < 2) {
      return Optional.empty();
    }
    double[] sds = new double[2 * common.size()];
    for (int i = 0; i < common.size(); i++) {
      String name = common.get(i);
      sds[2 * i] = populationSd(members, name, true);
      sds[2 * i + 1] = populationSd(members, name, false);
    }
    return Optional.of(
        JsonNodeFactory.instance
            .objectNode()
            .put("texts", sds.length)
            .put("mean_sd", Summary.of(sds).mean()));
  }

  private static double populationSd(List<HeldOutScores> members, String name, boolean first) {
    double[] scores =
        members.stream()
            .map(member -> member.of(name))
            .mapToDouble(both -> first ? both.first() : both.second())
            .toArray();
    return Summary.of(scores).populationSd();
  }

  private static double[] differences(HeldOutScores member, List<String> comparisons) {
    return comparisons.stream().mapToDouble(name -> member.of(name).difference()).toArray();
  }

  private static List<String> common(List<HeldOutScores> members) {
    List<String> common = new ArrayList<>(members.get(0).byComparison().keySet());
    members.forEach(member -> common.retainAll(member.byComparison().keySet()));
    return common;
  }
}
