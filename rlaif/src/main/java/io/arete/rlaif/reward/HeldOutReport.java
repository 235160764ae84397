package io.arete.rlaif.reward;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.file.ReliabilityJson;
import io.arete.rlaif.file.ShareJson;
import io.arete.rlaif.stats.Logistic;
import io.arete.rlaif.stats.Quartiles;
import io.arete.rlaif.stats.Reliability;
import io.arete.rlaif.stats.SoftCalibration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How a reward model does on pairs that it was not trained on: docs/rewards.md describes the
 * fields. Numbers that the pairs cannot give are left out.
 */
final class HeldOutReport {

  /** Of what is said with 50 to 100 %: ten bins of 5 %. */
  private static final int BINS = 20;

  private static final int MARGIN_GROUPS = 3;

  private HeldOutReport() {}

  /** The report on at least two pairs. */
  static ObjectNode of(ReadPairs read, VirtueVotes votes) {
    ObjectNode report = HeldOut.of(read).toJson();
    TemperatureFit fit = TemperatureFit.of(read.differences(), read.labels());
    report
        .putObject("temperature_fit")
        .put("inverse_temperature", fit.inverseTemperature())
        .put("fit_loss", fit.fitLoss())
        .put("held_out_loss", fit.heldOutLoss())
        .put("learned", fit.learned());
    calibration(report, "calibration", read);
    // The temperature was fitted on every second pair, from the first.
    calibration(report, "calibration_fitted", read.everySecond(1).scaled(fit.inverseTemperature()));
    ArrayNode groups = byMargin(read);
    if (!groups.isEmpty()) {
      report.set("by_margin", groups);
    }
    ObjectNode virtues = byVirtue(read, votes);
    if (!virtues.isEmpty()) {
      report.set("by_virtue", virtues);
    }
    report.set("by_length", ByLength.of(read));
    return report;
  }

  /**
   * How sure the score difference is of its side, against how often that side is the label's, and
   * against how sure the label is of it: soft labels teach their own sureness.
   */
  private static void calibration(ObjectNode report, String name, ReadPairs read) {
    ReadPairs decided = read.where(pair -> pair.p() != 0.5);
    double[] differences = decided.differences();
    if (differences.length == 0) {
      return;
    }
    boolean[] right = new boolean[differences.length];
    double[] said = new double[differences.length];
    double[] wanted = new double[differences.length];
    for (int i = 0; i < right.length; i++) {
      double p = decided.pairs().get(i).p();
      right[i] = HeldOut.right(differences[i], p);
      said[i] = Logistic.sigmoid(Math.abs(differences[i]));
      wanted[i] = differences[i] >= 0 ? p : 1 - p;
    }
    ObjectNode curve =
        JsonNodeFactory.instance
            .objectNode()
            .put("n", said.length)
            .put("expected_error_of_labels", SoftCalibration.expectedError(said, wanted, BINS));
    curve.setAll(ReliabilityJson.of(Reliability.of(said, right, BINS)));
    report.set(name, curve);
  }

  /** Thirds of the pairs by how clear the label's margin is; none where all margins are alike. */
  private static ArrayNode byMargin(ReadPairs read) {
    ArrayNode groups = JsonNodeFactory.instance.arrayNode();
    double[] margins = read.pairs().stream().mapToDouble(HeldOutReport::margin).toArray();
    double[] ends =
        IntStream.rangeClosed(0, MARGIN_GROUPS)
            .mapToDouble(i -> Quartiles.quantile(margins, (double) i / MARGIN_GROUPS))
            .toArray();
    if (ends[0] == ends[MARGIN_GROUPS]) {
      return groups;
    }
    for (int i = 0; i < MARGIN_GROUPS; i++) {
      double from = ends[i];
      double to = ends[i + 1];
      boolean last = i == MARGIN_GROUPS - 1;
      ReadPairs own =
          read.where(
              pair -> margin(pair) >= from && (margin(pair) < to || (last && margin(pair) <= to)));
      ObjectNode row = JsonNodeFactory.instance.objectNode().put("from", from).put("to", to);
      row.setAll(HeldOut.of(own).toJson());
      groups.add(row);
    }
    return groups;
  }

  private static double margin(RewardPair pair) {
    return Math.abs(pair.margin());
  }

  /** How often the scores prefer what the labeler preferred on one virtue alone. */
  private static ObjectNode byVirtue(ReadPairs read, VirtueVotes votes) {
    double[] differences = read.differences();
    Map<String, int[]> rightOfAll = new LinkedHashMap<>();
    for (int i = 0; i < differences.length; i++) {
      double difference = differences[i];
      votes
          .of(read.pairs().get(i))
          .forEach(
              (virtue, signal) -> {
                if (signal != 0) {
                  int[] counts = rightOfAll.computeIfAbsent(virtue, key -> new int[2]);
                  counts[0] += difference * signal > 0 ? 1 : 0;
                  counts[1]++;
                }
              });
    }
    ObjectNode shares = JsonNodeFactory.instance.objectNode();
    rightOfAll.forEach((virtue, counts) -> shares.set(virtue, ShareJson.of(counts[0], counts[1])));
    return shares;
  }

  /** One line a pair, for whoever looks closer. */
  static List<ObjectNode> lines(ReadPairs read) {
    return IntStream.range(0, read.pairs().size())
        .mapToObj(
            i -> {
              RewardPair pair = read.pairs().get(i);
              return JsonNodeFactory.instance
                  .objectNode()
                  .put("id", pair.id())
                  .put("comparison", pair.comparison())
                  .put("p", pair.p())
                  .put("margin", pair.margin())
                  .put("first_score", read.scores()[2 * i])
                  .put("second_score", read.scores()[2 * i + 1])
                  .put("first_reply_tokens", pair.first().replyTokens())
                  .put("second_reply_tokens", pair.second().replyTokens());
            })
        .toList();
  }
}
