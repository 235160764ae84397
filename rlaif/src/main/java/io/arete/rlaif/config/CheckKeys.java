package io.arete.rlaif.config;

/** The keys of the gates that count or try something themselves. */
record CheckKeys(
    Key<Double> longTextStop,
    Key<Double> longTextWarn,
    Key<Double> identicalWarn,
    Key<Double> cutReplyStop,
    Key<Double> cutReplyWarn,
    Key<Integer> probePairs,
    Key<Double> scoringDifference,
    ScoreAlone.Keys alone,
    BestOf bestOf,
    Key<Double> spreadLow,
    Key<Double> dominance,
    Key<Double> unchangedWarn,
    Key<Double> divergenceStop,
    Key<Double> growthWarn,
    Key<Double> shrinkWarn,
    Key<Double> varietyWarn,
    Key<Double> varietyStop,
    Key<Integer> repeatPrompts,
    Key<Double> share) {

  private static final Range SHARE = Range.of(0, 1);

  /** The keys of the choice among replies. */
  private record BestOf(Key<Integer> prompts, Key<Integer> samples, Key<Double> low) {

    static BestOf declare(KeyList list) {
      return new BestOf(
          list.whole(
              "best_of_prompts",
              100,
              Range.of(0, 100_000),
              "prompts",
              "watch prompts for which the ensemble chooses a reply, which the run's own labeler then"
                  + " compares with another; under 100 nothing is judged"),
          list.whole(
              "best_of_samples", 8, Range.of(4, 64), "", "replies that the ensemble chooses from"),
          list.real(
              "best_of_low",
              0.55,
              SHARE,
              "",
              "stops if the upper end of the interval of the chosen replies' win rate lies below"));
    }
  }

  static CheckKeys declare(KeyList list) {
    return new CheckKeys(
        share(list, "long_text_stop", 0.2, "stops above this share of texts cut to their longest"),
        share(list, "long_text_warn", 0.05, "warns above this share of such texts"),
        share(list, "identical_warn", 0.01, "warns above this share of pairs alike once cut"),
        share(list, "cut_reply_stop", 0.35, "stops above this share of replies that were cut off"),
        share(list, "cut_reply_warn", 0.05, "warns above this share of such replies"),
        list.whole(
            "probe_pairs",
            512,
            Range.of(0, 4096),
            "pairs",
            "of each facet that a linear probe on frozen features reads at most; 0 = no probe"),
        share(
            list,
            "scoring_difference",
            0.01,
            "how far the held-out accuracy may differ when PPO's own path scores the pairs"),
        ScoreAlone.Keys.declare(list),
        BestOf.declare(list),
        share(
            list,
            "spread_low",
            0.2,
            "warns if replies to one prompt spread less than this share of all rewards' spread"),
        share(
            list,
            "dominance",
            0.6,
            "warns if one member or the charge for disagreement makes more of the variance"),
        share(
            list,
            "unchanged_warn",
            0.9,
            "warns if more greedy replies are as before, after a fifth of PPO"),
        list.real(
            "divergence_stop",
            10,
            Range.above(0, 100_000),
            "nats a reply",
            "stops PPO if the policy has gone further from its reference, after a fifth of it"),
        list.real(
            "growth_warn",
            1.5,
            Range.above(1, 100),
            "",
            "warns if replies become longer by more than this factor, after a fifth of PPO"),
        share(
            list,
            "shrink_warn",
            0.5,
            "warns if replies become shorter by more than this factor, after a fifth of PPO"),
        share(
            list,
            "variety_warn",
            0.7,
            "warns if replies share more words with one another than at first: if the share of"
                + " pairs of tokens that differ falls below this part of the first iteration's"),
        share(list, "variety_stop", 0.5, "stops PPO if it falls below this part"),
        list.whole(
            "repeat_prompts",
            20,
            Range.of(0, 10_000),
            "prompts",
            "of the evaluation that are done again, to see whether the same bytes come"),
        share(
            list,
            "checks_share",
            0.1,
            "about the most that these checks may add to a run's work: what they read to the reward"
                + " models', what they sample to the other stages'; a hundred pairs are always read"));
  }

  private static Key<Double> share(KeyList list, String name, double fallback, String doc) {
    return list.real(name, fallback, SHARE, "", doc);
  }

  CheckSettings read(Values values) {
    return new CheckSettings(
        values.get(longTextStop),
        values.get(longTextWarn),
        values.get(identicalWarn),
        values.get(cutReplyStop),
        values.get(cutReplyWarn),
        values.get(probePairs),
        values.get(scoringDifference),
        alone.read(values),
        values.get(bestOf.prompts()),
        values.get(bestOf.samples()),
        values.get(bestOf.low()),
        values.get(spreadLow),
        values.get(dominance),
        values.get(unchangedWarn),
        values.get(divergenceStop),
        values.get(growthWarn),
        values.get(shrinkWarn),
        values.get(varietyWarn),
        values.get(varietyStop),
        values.get(repeatPrompts),
        values.get(share));
  }
}
