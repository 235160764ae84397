package io.arete.rlaif.config;

/** The keys of an early stop. */
record EarlyStopKeys(Key<Double> share, Key<Integer> every, Key<Integer> patience) {

  static EarlyStopKeys declare(KeyList list) {
    return new EarlyStopKeys(
        list.real(
            "early_stop.share",
            0,
            Range.below(0, 1),
            "",
            "the share of the train prompts whose pairs are put aside to find the best step by; the"
                + " held-out pairs of the gates are never used for that; 0 trains to the end"),
        list.whole(
            "early_stop.every",
            20,
            Range.of(1, 1_000_000),
            "steps",
            "how often the loss on the pairs put aside is read"),
        list.whole(
            "early_stop.patience",
            3,
            Range.of(1, 1_000_000),
            "readings",
            "so many readings in a row without a better loss end the training; the best one's"
                + " weights are kept"));
  }

  EarlyStopSettings read(Values values) {
    return new EarlyStopSettings(values.get(share), values.get(every), values.get(patience));
  }
}
