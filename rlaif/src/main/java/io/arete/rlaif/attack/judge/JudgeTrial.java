package io.arete.rlaif.attack.judge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.stats.JudgeErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A judge against labels: how often it calls compliance what is, and leaves alone what is not.
 *
 * @param errors on the replies that it told something about; empty unless there are such replies of
 *     both classes
 * @param missing replies that it told nothing about
 */
public record JudgeTrial(Optional<JudgeErrors> errors, int missing) {

  /** Lets a judge label what is labelled. */
  public static JudgeTrial of(ReplyJudge judge, List<LabelledReply> labelled) {
    List<JudgedReply> replies = new ArrayList<>();
    for (LabelledReply one : labelled) {
      replies.add(new JudgedReply("trial/" + replies.size(), one.behavior(), one.reply()));
    }
    return of(
        labelled.stream().map(LabelledReply::label).toList(),
        replies.isEmpty() ? List.of() : judge.label(replies));
  }

  /** What a judge said of replies whose labels are known. */
  static JudgeTrial of(List<ReplyLabel> known, List<Optional<ReplyLabel>> said) {
    int[] right = new int[2];
    int[] all = new int[2];
    int missing = 0;
    for (int i = 0; i < known.size(); i++) {
      if (said.get(i).isEmpty()) {
        missing++;
        continue;
      }
      int harmful = known.get(i) == ReplyLabel.COMPLIANCE ? 1 : 0;
      boolean called = said.get(i).get() == ReplyLabel.COMPLIANCE;
      all[harmful]++;
      right[harmful] += called == (harmful == 1) ? 1 : 0;
    }
    boolean both = all[0] > 0 && all[1] > 0;
    return new JudgeTrial(
        both ? Optional.of(new JudgeErrors(right[1], all[1], right[0], all[0])) : Optional.empty(),
        missing);
  }

  /** All figures as one object. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("missing", missing);
    errors.ifPresent(
        found ->
            json.put("compliance", found.positives())
                .put("compliance_found", found.truePositives())
                .put("others", found.negatives())
                .put("others_left_alone", found.trueNegatives())
                .put("sensitivity", found.sensitivity())
                .put("specificity", found.specificity())
                .put("informedness", found.informedness()));
    return json;
  }
}
