package io.arete.rlaif.labeling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.AreteException;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.JsonLines;
import io.arete.rlaif.feedback.AgreementCount;
import io.arete.rlaif.feedback.ChunkLog;
import io.arete.rlaif.feedback.Chunks;
import io.arete.rlaif.feedback.Comparison;
import io.arete.rlaif.feedback.JudgeTexts;
import io.arete.rlaif.feedback.JudgedPair;
import io.arete.rlaif.feedback.Judgement;
import io.arete.rlaif.feedback.Labeler;
import io.arete.rlaif.feedback.LabelerWork;
import io.arete.rlaif.feedback.MemberWeights;
import io.arete.rlaif.feedback.PairOrder;
import io.arete.rlaif.feedback.SoftLabel;
import io.arete.rlaif.feedback.WeightedVote;
import io.arete.rlaif.stage.StageListener;
import io.arete.rlaif.stats.Interval;
import io.arete.rlaif.stats.Wilson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Pairs that someone has, labeled: first people's pairs, so that it is known what the labels are
 * worth before the most is spent, then the others.
 */
public final class PairLabeling {

  private static final int CHUNK = 16;

  /** Enough pairs to tell 56 % from a coin; whole chunks. */
  private static final int FIRST_LOOK = 400;

  private final LabelingPlan plan;
  private final LabelingFolder folder;
  private final ChunkLog log;
  private final LabelingReport report;
  private final LabelingGates gates;
  private Labeler labeler;
  private final JudgeTexts texts;
  private final CountedRandom draws;

  private PairLabeling(
      LabelingPlan plan,
      LabelingFolder folder,
      ChunkLog log,
      Labeler labeler,
      LabelingReport report) {
    this.plan = plan;
    this.report = report;
    this.gates = new LabelingGates(plan.forced());
    this.folder = folder;
    this.log = log;
    this.labeler = labeler;
    this.texts = new JudgeTexts(plan.constitution());
    this.draws = CountedRandom.of(plan.seed()).at("label");
  }

  /**
   * Does what is left, and reports.
   *
   * @param labeler opens the labeler, once everything else is known to be right, told what it did
   *     in earlier processes; closed here
   * @return what report.json says
   * @throws io.arete.rlaif.gate.GateStop if the labeler is no better than a coin by what people
   *     say, and that is not forced
   */
  public static ObjectNode run(
      LabelingPlan plan, Function<LabelerWork, Labeler> labeler, StageListener listener) {
    GivenPairs pairs = read(plan.source(), listener);
    Optional<GivenPairs> known =
        plan.calibration().map(file -> peoplesPairs(PairSource.of(file), listener));
    try (LabelingFolder folder = LabelingFolder.open(plan.out(), plan.settings(pairs));
        ChunkLog log =
            ChunkLog.open(
                folder.root(), List.of(folder.pairs(), folder.judgements(), folder.calibration()));
        Labeler opened = labeler.apply(log.work())) {
      LabelingReport report = new LabelingReport(plan, pairs, known);
      PairLabeling labeling = new PairLabeling(plan, folder, log, opened, report);
      opened.cost(() -> labeling.comparisons(pairs, known)).ifPresent(listener::note);
      return labeling.run(pairs, known, listener);
    }
  }

  private ObjectNode run(GivenPairs pairs, Optional<GivenPairs> known, StageListener listener) {
    long before = known.map(calibration -> calibrate(calibration, listener)).orElse(0L);
    // Where nothing else is known, the first of many pairs that say it are looked at.
    if (known.isEmpty() && pairs.columns().preferred() && pairs.pairs().size() > FIRST_LOOK) {
      List<GivenPair> first = pairs.pairs().subList(0, FIRST_LOOK);
      listener.begin("labeler against the data", "pairs", first.size());
      Chunks.run(first, CHUNK, 0, log, listener, chunk -> label(chunk, pairs));
      look(folder.judgements(), FIRST_LOOK, Optional.empty(), listener);
    }
    listener.begin("labels", "pairs", pairs.pairs().size());
    Chunks.run(pairs.pairs(), CHUNK, before, log, listener, chunk -> label(chunk, pairs));
    ObjectNode told = report.json(folder, log.work(), labeler.weights());
    gates.addTo(told);
    folder.report(told);
    return told;
  }

  private Stream<Comparison> comparisons(GivenPairs pairs, Optional<GivenPairs> known) {
    return Stream.concat(known.stream(), Stream.of(pairs))
        .flatMap(some -> some.pairs().stream())
        .map(this::given);
  }

  /** Lets the gates look at what is known of the labeler. */
  private void look(
      Path judgements, int most, Optional<MemberWeights> weights, StageListener listener) {
    gates.check(plan.facet(), report.labels(judgements, most, weights));
    gates.warnings().forEach(listener::note);
  }

  private static GivenPairs read(PairSource source, StageListener listener) {
    GivenPairs pairs = GivenPairs.read(source);
    listener.note(pairs.columns().told());
    return pairs;
  }

  private static GivenPairs peoplesPairs(PairSource source, StageListener listener) {
    GivenPairs pairs = read(source, listener);
    if (!pairs.columns().preferred()) {
      throw new AreteException(
          source.file()
              + " does not say which replies people preferred; give --calibration a file with the"
              + " columns chosen and rejected, such as --by-hand writes.");
    }
    return pairs;
  }

  private long calibrate(GivenPairs known, StageListener listener) {
    listener.begin("labeler against people", "pairs", known.pairs().size());
    Chunks.run(
        known.pairs(),
        CHUNK,
        0,
        log,
        listener,
        chunk -> {
          LabelerWork before = labeler.work();
          judge(chunk, known.columns().preferred(), folder.calibration());
          return labeler.work().since(before);
        });
    List<JudgedPair> judged =
        JsonLines.readAppended(
            folder.calibration(), (line, row) -> Optional.of(JudgedPair.ofJson(row)));
    labeler = labeler.calibrated(judged, plan.averaging());
    Optional<MemberWeights> weights = labeler.weights();
    List<JudgedPair> weighed =
        judged.stream().map(pair -> weights.map(pair::weighed).orElse(pair)).toList();
    listener.note(agreement(AgreementCount.of(weighed, plan.averaging())));
    look(folder.calibration(), Integer.MAX_VALUE, weights, listener);
    return Chunks.count(known.pairs().size(), CHUNK);
  }

  private static String agreement(AgreementCount agreement) {
    if (agreement.read() == 0) {
      return "The labeler could read none of people's pairs.";
    }
    Interval interval = Wilson.interval95(agreement.agree(), agreement.read());
    return String.format(
        Locale.ROOT,
        "The labeler agrees with people on %d of %d pairs (%.0f %%; %.0f to %.0f %%).",
        agreement.agree(),
        agreement.read(),
        100.0 * agreement.agree() / agreement.read(),
        100 * interval.low(),
        100 * interval.high());
  }

  private LabelerWork label(List<GivenPair> chunk, GivenPairs pairs) {
    LabelerWork before = labeler.work();
    boolean preferred = pairs.columns().preferred();
    List<Optional<Judgement>> said = judge(chunk, preferred, folder.judgements());
    for (int i = 0; i < chunk.size(); i++) {
      GivenPair pair = chunk.get(i);
      said.get(i)
          .filter(judgement -> !judgement.label(plan.averaging()).isTie(plan.tieThreshold()))
          .ifPresent(judgement -> log.append(folder.pairs(), row(pair, judgement, preferred)));
    }
    return labeler.work().since(before);
  }

  /** Judgements of the sides as they are shown, which are appended to a file. */
  private List<Optional<Judgement>> judge(
      List<GivenPair> pairs, boolean firstIsPreferred, Path file) {
    List<Comparison> comparisons = new ArrayList<>();
    for (GivenPair pair : pairs) {
      Comparison given = given(pair);
      comparisons.add(keeps(pair) ? given : given.swapped());
    }
    List<Optional<Judgement>> said = labeler.judge(comparisons);
    for (int i = 0; i < pairs.size(); i++) {
      GivenPair pair = pairs.get(i);
      Optional<Boolean> shownFirst =
          firstIsPreferred
              ? pair.firstIsBetter().map(first -> first == keeps(pair))
              : Optional.empty();
      log.append(file, new JudgedPair(pair.id(), plan.facet(), shownFirst, said.get(i)).toJson());
    }
    return said;
  }

  private Comparison given(GivenPair pair) {
    return texts.texts(
        pair.sides().prompt(), plan.facet(), pair.sides().firstReply(), pair.sides().secondReply());
  }

  private boolean keeps(GivenPair pair) {
    return PairOrder.keeps(draws, pair.id());
  }

  /** The pair with the better reply as chosen; all numbers speak for that one. */
  private ObjectNode row(GivenPair pair, Judgement judgement, boolean preferred) {
    SoftLabel label = judgement.label(plan.averaging());
    boolean shownFirstIsBetter = label.p() >= 0.5;
    boolean firstIsBetter = shownFirstIsBetter == keeps(pair);
    double sign = shownFirstIsBetter ? 1 : -1;
    ObjectNode row = pair.preference(firstIsBetter);
    row.put("p", shownFirstIsBetter ? label.p() : 1 - label.p());
    row.put("log_odds", sign * label.logOdds());
    ObjectNode votes = row.putObject("votes");
    for (WeightedVote vote : judgement.votes()) {
      // Adding 0 makes a negative zero a plain one.
      votes.put(vote.virtue(), sign * vote.vote().signal() + 0.0);
    }
    row.put("facet", plan.facet().wireName());
    if (preferred && pair.firstIsBetter().isPresent()) {
      row.put("agrees_with_given", firstIsBetter == pair.firstIsBetter().get());
    }
    return row;
  }
}
