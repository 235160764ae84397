package io.arete.rlaif.labeling;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.feedback.AgreementCount;
import io.arete.rlaif.feedback.JudgedPair;
import io.arete.rlaif.feedback.Judgement;
import io.arete.rlaif.feedback.LabelTally;
import io.arete.rlaif.feedback.LabelTallyJson;
import io.arete.rlaif.feedback.LabelerWork;
import io.arete.rlaif.feedback.MemberWeights;
import io.arete.rlaif.file.ShareJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What report.json says, made from the lines that were written. */
final class LabelingReport {

  private final LabelingPlan plan;
  private final GivenPairs pairs;
  private final Optional<GivenPairs> known;

  LabelingReport(LabelingPlan plan, GivenPairs pairs, Optional<GivenPairs> known) {
    this.plan = plan;
    this.pairs = pairs;
    this.known = known;
  }

  /**
   * The report.
   *
   * @param work what the labeler did in all
   * @param weights of a committee's members
   */
  ObjectNode json(LabelingFolder folder, LabelerWork work, Optional<MemberWeights> weights) {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    describe(report, pairs);
    report
        .put("facet", plan.facet().wireName())
        .put("constitution", plan.constitution().name())
        .put("average", plan.averagingName())
        .put("tie_threshold", plan.tieThreshold())
        .put("seed", plan.seed());
    ObjectNode labeler = report.putObject("labeler");
    labeler
        .put("name", plan.labeler())
        .put("numbers", plan.numbers())
        .put("questions", work.questions())
        .put("tokens_computed", work.tokensComputed())
        .put("tokens_one_by_one", work.tokensOneByOne());
    if (work.paid().questions() > 0) {
      work.paid().report(labeler);
    }
    weights.ifPresent(earned -> report.set("committee", earned.toJson()));
    report.set("labels", labels(folder.judgements(), Integer.MAX_VALUE, Optional.empty()));
    known.ifPresent(
        calibration -> {
          ObjectNode row = report.putObject("calibration");
          describe(row, calibration);
          row.set("labels", labels(folder.calibration(), Integer.MAX_VALUE, weights));
        });
    return report;
  }

  /** What was read. */
  static void describe(ObjectNode report, GivenPairs pairs) {
    report.put("file", String.valueOf(pairs.file())).put("rows", pairs.rows());
    ObjectNode dropped = report.putObject("dropped");
    pairs.dropped().forEach(dropped::put);
    ObjectNode columns = report.putObject("columns");
    pairs.columns().prompt().ifPresent(name -> columns.put("prompt", name));
    boolean preferred = pairs.columns().preferred();
    columns.put(preferred ? "chosen" : "first", pairs.columns().first());
    columns.put(preferred ? "rejected" : "second", pairs.columns().second());
  }

  /**
   * The tally of judgements, and how far they agree with people, where those have said something.
   *
   * @param most so many of the first are looked at
   * @param weights that the judgements were not given yet
   */
  ObjectNode labels(Path file, int most, Optional<MemberWeights> weights) {
    List<JudgedPair> judged =
        JsonLines.readAppended(file, (line, row) -> Optional.of(JudgedPair.ofJson(row))).stream()
            .limit(most)
            .map(pair -> weights.map(pair::weighed).orElse(pair))
            .toList();
    List<Judgement> read =
        judged.stream().map(JudgedPair::judgement).flatMap(Optional::stream).toList();
    LabelTally tally = new LabelTally(read, plan.averaging(), plan.tieThreshold());
    ObjectNode row = LabelTallyJson.write(tally, judged.size() - read.size());
    List<Boolean> shown =
        judged.stream().map(JudgedPair::firstPreferred).flatMap(Optional::stream).toList();
    if (!shown.isEmpty()) {
      int first = (int) shown.stream().filter(preferred -> preferred).count();
      row.set("preferred_shown_first", ShareJson.of(first, shown.size()));
    }
    AgreementCount.of(judged, plan.averaging()).put(row, "agrees_with_people");
    return row;
  }
}
