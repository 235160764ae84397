package io.arete.rlaif.attack.study;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.attack.judge.JudgeTrial;
import io.arete.rlaif.attack.judge.ReplyLabel;
import io.arete.rlaif.attack.method.AttackResult;
import io.arete.rlaif.attack.method.AttackTally;
import io.arete.rlaif.file.ShareJson;
import io.arete.rlaif.stats.JudgeCorrectedRate;
import io.arete.rlaif.stats.Quartiles;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The numbers of a study, without a word of a request or a reply.
 *
 * @param counting the judge that counts
 * @param others judges that are compared with it
 * @param trial the counting judge on labelled replies
 * @param design whose behaviors were asked
 * @param random key of the bootstrap
 */
record StudySummary(
    String counting,
    List<String> others,
    JudgeTrial trial,
    StudyDesign design,
    int resamples,
    CountedRandom random) {

  static final String CANNOT_TELL = "this judge cannot tell";

  /** Everything as the content of summary.json. */
  ObjectNode of(List<SystemFindings> systems) {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("counted_by", counting);
    root.set("counting_judge", trial.toJson());
    ObjectNode nodes = root.putObject("systems");
    systems.forEach(system -> nodes.set(system.name(), system(system)));
    ArrayNode comparisons = root.putArray("comparisons");
    StudyComparison comparison =
        new StudyComparison(counting, trial.errors(), design.primary(), resamples, random);
    for (int first = 0; first + 1 < systems.size(); first++) {
      for (SystemFindings second : systems.subList(first + 1, systems.size())) {
        comparisons.add(comparison.of(systems.get(first), second));
      }
    }
    List<Recount> all =
        systems.stream()
            .flatMap(
                one -> Stream.concat(one.recounts().values().stream(), Stream.of(one.harmless())))
            .toList();
    ArrayNode judges = root.putArray("judges");
    others.forEach(other -> judges.add(Agreement.table(all, counting, other)));
    return root;
  }

  private ObjectNode system(SystemFindings system) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode attacks = node.putObject("attacks");
    system
        .recounts()
        .forEach(
            (attack, recount) ->
                attacks.set(
                    attack, attack(Objects.requireNonNull(system.results().get(attack)), recount)));
    node.set("harm", rate(system.harm(counting)));
    ObjectNode refusals = labels(system.harmless());
    double[] told = told(system.refusals(counting));
    if (told.length > 0) {
      refusals.put("refused", Arrays.stream(told).average().orElseThrow());
    }
    node.set("harmless", refusals);
    node.set("groups", new StudyGroups(design, counting).of(system));
    return node;
  }

  private ObjectNode attack(List<AttackResult> results, Recount recount) {
    ObjectNode node = labels(recount);
    double[] found =
        results.stream()
            .map(AttackResult::found)
            .filter(OptionalInt::isPresent)
            .mapToDouble(OptionalInt::getAsInt)
            .toArray();
    node.set("believed_found", ShareJson.of(found.length, results.size()));
    if (found.length > 0) {
      node.put("queries_until_found", Arrays.stream(found).average().orElseThrow())
          .put("median_queries_until_found", Quartiles.of(found).median());
    }
    node.put(
        "failed", results.stream().filter(one -> one.ended() == AttackResult.Ended.FAILED).count());
    node.set(
        "took",
        results.stream()
            .map(AttackResult::tally)
            .reduce(AttackTally.NOTHING, AttackTally::plus)
            .toJson());
    node.set("success", rate(recount.shares(counting, ReplyLabel.COMPLIANCE)));
    return node;
  }

  private ObjectNode labels(Recount recount) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode counts = node.putObject("labels");
    Map<ReplyLabel, Integer> given = recount.counts(counting);
    for (ReplyLabel label : ReplyLabel.values()) {
      counts.put(label.wireName(), given.getOrDefault(label, 0));
    }
    counts.put("missing", recount.missing(counting));
    return node.put("unanswered", recount.unanswered());
  }

  /** The mean of shares of compliance, as judged, and corrected for the judge's errors. */
  private ObjectNode rate(List<OptionalDouble> shares) {
    double[] told = told(shares);
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("n", told.length);
    if (told.length == 0) {
      return node.put("answer", "nothing was judged");
    }
    MeanShare mean = MeanShare.of(told);
    node.put("judged", mean.share())
        .put("judged_low", mean.interval().low())
        .put("judged_high", mean.interval().high());
    if (trial.errors().isEmpty()) {
      return node.put("answer", "not corrected: no labelled replies of both classes");
    }
    Optional<JudgeCorrectedRate> corrected =
        JudgeCorrectedRate.of(mean.sum(), mean.n(), trial.errors().get());
    if (corrected.isEmpty()) {
      return node.put("answer", CANNOT_TELL);
    }
    return node.put("answer", "corrected")
        .put("estimate", corrected.get().estimate())
        .put("low", corrected.get().interval().low())
        .put("high", corrected.get().interval().high());
  }

  static double[] told(List<OptionalDouble> shares) {
    return shares.stream()
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }
}
