package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.file.ShareJson;
import io.arete.rlaif.stats.ExactTest;
import java.util.List;
import java.util.Optional;

/** A tally as it stands in agreement.json. */
public final class LabelTallyJson {

  private LabelTallyJson() {}

  /** The tally of pairs on one facet. */
  static ObjectNode of(List<JudgedPair> pairs, FeedbackSection settings) {
    List<Judgement> judgements =
        pairs.stream().map(JudgedPair::judgement).flatMap(Optional::stream).toList();
    LabelTally tally =
        new LabelTally(judgements, LabeledFeedback.averaging(settings), settings.tieThreshold());
    return write(tally, pairs.size() - judgements.size());
  }

  /**
   * The tally; of no pairs, the counts alone.
   *
   * @param tooLong pairs that the labeler could not read
   */
  public static ObjectNode write(LabelTally tally, int tooLong) {
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("pairs", tally.pairs() + tooLong)
            .put("too_long", tooLong)
            .put("ties", tally.ties())
            .put("kept", tally.pairs() - tally.ties());
    if (tally.pairs() > 0) {
      row.set("order_decided", ShareJson.of(tally.orderDecided(), tally.pairs()));
      row.putObject("position_bias_nats")
          .put("mean", tally.positionBias())
          .put("mean_absolute", tally.positionBiasSize());
      row.putObject("first_slot")
          .put("share", tally.firstSlotShare())
          .put("pairs_leaning_first", tally.leaningFirst())
          .put("pairs_leaning", tally.leaning())
          .put("p", leanP(tally));
      row.put("answer_mass", tally.answerMass());
      ObjectNode failures = row.putObject("parse_failures").put("questions", tally.failures());
      failures.set("pairs", ShareJson.of(tally.pairsWithFailures(), tally.pairs()));
      virtues(row, tally);
    }
    return row;
  }

  private static double leanP(LabelTally tally) {
    return tally.leaning() == 0
        ? 1
        : ExactTest.binomial(tally.leaningFirst(), tally.leaning(), 0.5);
  }

  private static void virtues(ObjectNode row, LabelTally tally) {
    List<String> names = tally.virtues();
    ObjectNode withLabel = row.putObject("virtue_agrees_with_label");
    ObjectNode table = row.putObject("virtues_agree");
    for (int i = 0; i < names.size(); i++) {
      withLabel.put(names.get(i), tally.agreementWithLabel(i));
      if (i + 1 < names.size()) {
        ObjectNode others = table.putObject(names.get(i));
        for (int j = i + 1; j < names.size(); j++) {
          others.put(names.get(j), tally.agreement(i, j));
        }
      }
    }
  }
}
