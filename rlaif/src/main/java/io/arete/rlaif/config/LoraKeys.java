package io.arete.rlaif.config;

import java.util.List;
import java.util.Optional;

/** The keys of an adapter, declared alike wherever a section trains one. */
record LoraKeys(
    Key<Integer> rank,
    Key<Double> alpha,
    Optional<Key<Double>> dropout,
    Key<List<LoraSettings.Target>> targets) {

  /** The keys under {@code prefix}, with dropout 0.1 unless changed. */
  static LoraKeys withDropout(KeyList list, String prefix) {
    return declare(list, prefix, true);
  }

  /** The keys under {@code prefix} for training that must be free of dropout. */
  static LoraKeys withoutDropout(KeyList list, String prefix) {
    return declare(list, prefix, false);
  }

  private static LoraKeys declare(KeyList list, String prefix, boolean withDropout) {
    return new LoraKeys(
        list.whole(prefix + ".rank", 8, Range.of(1, 1024), "", "the adapter's rank"),
        list.real(
            prefix + ".alpha",
            32,
            Range.above(0, 65536),
            "",
            "the adapter's output is scaled by alpha / rank"),
        withDropout
            ? Optional.of(
                list.real(
                    prefix + ".dropout",
                    0.1,
                    Range.below(0, 1),
                    "",
                    "the share of the adapter's inputs that training drops"))
            : Optional.empty(),
        list.several(
            prefix + ".targets",
            LoraSettings.Target.values(),
            "the linear layers of every block that get an adapter; GPT-2 and GPT-NeoX have qkv, o,"
                + " up and down"));
  }

  LoraSettings read(Values values) {
    return new LoraSettings(
        values.get(rank),
        values.get(alpha),
        dropout.map(values::get).orElse(0.0),
        values.get(targets));
  }
}
