package io.arete.rlaif.feedback;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.rlaif.config.FeedbackSection;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.data.PreferencePair;
import io.arete.rlaif.file.ReliabilityJson;
import io.arete.rlaif.run.Stage;
import io.arete.rlaif.stage.StageContext;
import io.arete.rlaif.stats.Reliability;
import io.arete.rlaif.stats.WrongLabels;
import java.util.List;
import java.util.Optional;

/** What the calibration pairs tell about a labeler, as agreement.json says it. */
final class CalibrationReport {

  private static final int BINS = 10;

  private final StageContext context;
  private final FeedbackSection settings;
  private final Yardstick yardstick;
  private final Optional<MemberWeights> weights;
  private final List<JudgedPair> pairs;

  /**
   * A report.
   *
   * @param pairs as calibration.jsonl holds them
   */
  CalibrationReport(StageContext context, List<JudgedPair> pairs) {
    this.context = context;
    this.settings = context.recipe().feedback();
    this.yardstick = Yardstick.of(context);
    this.weights =
        settings.source() == FeedbackSection.Source.COMMITTEE
            ? Optional.of(MemberWeights.of(pairs, LabeledFeedback.averaging(settings)))
            : Optional.empty();
    this.pairs = pairs.stream().map(pair -> weights.map(pair::weighed).orElse(pair)).toList();
  }

  /** Adds what there is to agreement.json. */
  void addTo(ObjectNode root) {
    if (pairs.isEmpty()) {
      return;
    }
    weights.ifPresent(earned -> root.set("committee", earned.toJson()));
    ObjectNode calibration = root.putObject("calibration").put("against", yardstick.wireName());
    for (Facet facet : Facet.values()) {
      List<JudgedPair> some = of(facet);
      if (!some.isEmpty()) {
        calibration.set(facet.wireName(), facet(some));
      }
    }
  }

  /** How many of the labels are wrong by estimate; empty if nothing tells. */
  Optional<ObjectNode> wrong(Facet facet, List<PreferencePair> labels) {
    Known known = known(of(facet));
    if (known.p().length == 0 || labels.isEmpty()) {
      return Optional.empty();
    }
    double[] confidences = new double[known.p().length];
    boolean[] right = new boolean[known.p().length];
    for (int i = 0; i < right.length; i++) {
      confidences[i] = confidence(known.p()[i]);
      right[i] = known.p()[i] != 0.5 && known.p()[i] > 0.5 == known.first()[i];
    }
    WrongLabels wrong =
        WrongLabels.of(
            confidences,
            right,
            labels.stream().mapToDouble(label -> confidence(label.p())).toArray(),
            context.draws(Stage.FEEDBACK).at("wrong labels").at(facet.wireName()));
    return Optional.of(
        JsonNodeFactory.instance
            .objectNode()
            .put("share", wrong.share())
            .put("low", wrong.interval().low())
            .put("high", wrong.interval().high())
            .put("labels", labels.size())
            .put("known", right.length));
  }

  /**
   * Whether a committee is better than its best member; empty if this is none.
   *
   * @param judged pairs of the run, as judgements.jsonl holds them
   */
  Optional<ObjectNode> againstBest(List<JudgedPair> judged, TrueLeads truth) {
    return weights
        .flatMap(MemberWeights::best)
        .flatMap(
            best ->
                truth.againstBest(
                    judged,
                    best,
                    LabeledFeedback.averaging(settings),
                    context.draws(Stage.FEEDBACK).at("committee")));
  }

  private List<JudgedPair> of(Facet facet) {
    return pairs.stream().filter(pair -> pair.facet() == facet).toList();
  }

  private ObjectNode facet(List<JudgedPair> some) {
    ObjectNode row = LabelTallyJson.of(some, settings);
    Known known = known(some);
    AgreementCount.of(some, LabeledFeedback.averaging(settings))
        .put(row, yardstick.agreementField());
    if (known.p().length > 0) {
      row.set("reliability", ReliabilityJson.of(Reliability.of(known.p(), known.first(), BINS)));
    }
    return row;
  }

  /**
   * The pairs that both have judged.
   *
   * @param p the labels
   * @param first whether the first is better
   */
  private record Known(double[] p, boolean[] first) {}

  private Known known(List<JudgedPair> some) {
    List<JudgedPair> both =
        some.stream()
            .filter(pair -> pair.judgement().isPresent() && pair.firstPreferred().isPresent())
            .toList();
    double[] p = new double[both.size()];
    boolean[] first = new boolean[both.size()];
    for (int i = 0; i < p.length; i++) {
      Judgement said = both.get(i).judgement().orElseThrow();
      p[i] = said.label(LabeledFeedback.averaging(settings)).p();
      first[i] = both.get(i).firstPreferred().orElseThrow();
    }
    return new Known(p, first);
  }

  private static double confidence(double p) {
    return Math.max(p, 1 - p);
  }
}
