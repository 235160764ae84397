package io.arete.rlaif.config;

/** The keys that every section which trains has, so that they mean the same everywhere. */
final class TrainingKeys {

  private TrainingKeys() {}

  static Key<Integer> epochs(KeyList list) {
    return list.whole("epochs", 1, Range.of(1, 1000), "", "passes over the data");
  }

  static Key<Integer> batchSize(KeyList list, String unit) {
    return list.whole(
        "batch_size", 16, Range.of(1, 65536), unit, "what one step of the optimizer averages over");
  }

  static Key<Integer> tokensPerPass(KeyList list) {
    return list.whole(
        "tokens_per_pass",
        2048,
        Range.of(16, 16_777_216),
        "tokens",
        "the most tokens of one forward and backward pass, unless one example alone has more;"
            + " changes memory and speed, not the result");
  }

  static Key<Integer> checkpointEvery(KeyList list, int fallback, String unit) {
    return list.whole(
        "checkpoint_every",
        fallback,
        Range.of(1, 1_000_000),
        unit,
        "how often all state is saved; a killed run loses at most this much");
  }
}
