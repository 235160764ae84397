package io.arete.rlaif.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arete.engine.CountedRandom;
import io.arete.rlaif.data.Facet;
import io.arete.rlaif.feedback.JudgedPair;
import io.arete.rlaif.feedback.SoftLabel;
import io.arete.rlaif.feedback.VoteAveraging;
import io.arete.rlaif.stats.Bootstrap;
import io.arete.rlaif.stats.PairedTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How often the second system wins in a judge's eyes: log-odds averaged over both orders; a tie
 * counts half; a prompt's number is the mean over its samples, and the prompt is the unit.
 *
 * @param tieThreshold labels closer to one half are ties
 * @param resamples of the bootstrap
 * @param seed of the bootstrap
 */
public record HeadToHeadSummary(double tieThreshold, int resamples, long seed) {

  private static final double EVEN = 0.5;

  /**
   * The shares facet by facet, and over all of them.
   *
   * @param judged the second system's conversations against the first's
   * @param what is compared, such as {@code tuned against base}
   * @return without a share where the judge could read fewer than two prompts
   */
  public ObjectNode of(List<JudgedPair> judged, String what) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode all = root.putObject("all");
    all.setAll(share("all", judged));
    if (all.has("win_share")) {
      double[] wins = wins(only(judged, one -> one.judgement().isPresent()));
      Verdict verdict = Verdict.of(lead("all", wins), what + ", win share less one half,");
      root.put("sentence", verdict.sentence());
    }
    ObjectNode facets = root.putObject("facets");
    List<ObjectNode> rows = new ArrayList<>();
    for (Facet facet : Facet.values()) {
      ObjectNode row = facets.putObject(facet.wireName());
      row.setAll(share(facet.wireName(), only(judged, one -> one.facet() == facet)));
      if (row.has("p_permutation")) {
        rows.add(row);
      }
    }
    AdjustedTogether.write(rows);
    return root;
  }

  private ObjectNode share(String name, List<JudgedPair> pairs) {
    List<JudgedPair> read = only(pairs, one -> one.judgement().isPresent());
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("comparisons", read.size())
            .put("unread", pairs.size() - read.size());
    double[] wins = wins(read);
    row.put("prompts", wins.length);
    return wins.length < 2 ? row : interval(name, read, wins, row);
  }

  /** Each prompt's mean over its comparisons. */
  private double[] wins(List<JudgedPair> read) {
    Map<String, List<Double>> byPrompt = new LinkedHashMap<>();
    for (JudgedPair pair : read) {
      SoftLabel label = label(pair);
      byPrompt
          .computeIfAbsent(pair.id(), id -> new ArrayList<>())
          .add(label.isTie(tieThreshold) ? EVEN : label.p() < EVEN ? 1.0 : 0.0);
    }
    return byPrompt.values().stream()
        .mapToDouble(one -> one.stream().mapToDouble(win -> win).average().orElseThrow())
        .toArray();
  }

  private ObjectNode interval(String name, List<JudgedPair> read, double[] wins, ObjectNode row) {
    long ties = read.stream().filter(pair -> label(pair).isTie(tieThreshold)).count();
    long byOrder = read.stream().filter(pair -> label(pair).pair().orderDecided()).count();
    row.put("ties", ties).put("order_decided_share", (double) byOrder / read.size());
    Bootstrap lead = lead(name, wins);
    double p = PairedTest.signFlip(even(wins), wins, resamples, draws(name).at("permutation")).p();
    row.put("win_share", EVEN + lead.meanDifference())
        .put("low", EVEN + lead.interval().low())
        .put("high", EVEN + lead.interval().high())
        .put("p_permutation", p);
    lead.promptsThatWouldShow(lead.meanDifference())
        .ifPresent(prompts -> row.put("prompts_that_would_tell", prompts));
    return row;
  }

  /** The win share less one half. */
  private Bootstrap lead(String name, double[] wins) {
    return Bootstrap.ofPairs(even(wins), wins, resamples, EvaluationPlan.CONFIDENCE, draws(name));
  }

  private CountedRandom draws(String name) {
    return CountedRandom.of(seed).at("judge").at(name);
  }

  private static double[] even(double[] wins) {
    double[] even = new double[wins.length];
    Arrays.fill(even, EVEN);
    return even;
  }

  private static SoftLabel label(JudgedPair pair) {
    return pair.judgement().orElseThrow().label(VoteAveraging.LOG_ODDS);
  }

  private static List<JudgedPair> only(List<JudgedPair> all, Predicate<JudgedPair> which) {
    return all.stream().filter(which).toList();
  }
}
