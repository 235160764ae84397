package io.arete.rlaif.config;

/**
 * How texts become tokens.
 *
 * @param vocabulary at most so many tokens, special ones and bytes among them
 * @param minimumFrequency a pair of tokens that stands less often is not merged
 * @param documents of the corpus that the merges are learnt from
 */
public record PretrainTokenizer(int vocabulary, int minimumFrequency, int documents) {

  static final KeyList KEYS = new KeyList("tokenizer", "How texts become tokens: byte-level BPE");
  private static final Key<Integer> VOCABULARY =
      KEYS.whole(
          "vocabulary",
          2048,
          Range.of(300, 65536),
          "tokens",
          "the most there are; fewer if no pair is left that stands often enough");
  private static final Key<Integer> MINIMUM_FREQUENCY =
      KEYS.whole(
          "minimum_frequency",
          3,
          Range.of(1, 1_000_000),
          "",
          "a pair of tokens that stands less often is not merged");
  private static final Key<Integer> DOCUMENTS =
      KEYS.whole(
          "documents",
          5000,
          Range.of(1, 10_000_000),
          "",
          "the first so many documents of the corpus are read for it");

  static PretrainTokenizer read(Values values) {
    return new PretrainTokenizer(
        values.get(VOCABULARY), values.get(MINIMUM_FREQUENCY), values.get(DOCUMENTS));
  }
}
