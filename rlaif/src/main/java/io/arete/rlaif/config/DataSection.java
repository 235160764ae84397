package io.arete.rlaif.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where prompts and people's preferences come from, and how they are split.
 *
 * @param pairs JSON lines of people's pairs
 * @param prompts JSON lines of prompts
 * @param maxPromptTokens longer prompts are left out
 * @param watchShare share of first prompts that select checkpoints and drive gates
 * @param verdictShare share of first prompts that are looked at once, at the end
 * @param truth who knows what replies are really worth
 * @param limit at most so many lines of each file; 0 = all
 */
public record DataSection(
    Optional<Path> pairs,
    Optional<Path> prompts,
    int maxPromptTokens,
    double watchShare,
    double verdictShare,
    Optional<String> truth,
    int limit) {

  static final KeyList KEYS = new KeyList("data", "Prompts and people's preferences");
  static final Key<Optional<Path>> PAIRS =
      KEYS.optionalPath(
          "pairs",
          "people's preferences as JSON lines with chosen and rejected (hh-rlhf);"
              + " may be left out if prompts are given");
  static final Key<Optional<Path>> PROMPTS =
      KEYS.optionalPath(
          "prompts",
          "prompts as JSON lines with prompt or messages, and perhaps split and group; without it,"
              + " those of the pairs");
  private static final Key<Integer> MAX_PROMPT_TOKENS =
      KEYS.whole(
          "max_prompt_tokens", 96, Range.of(8, 131072), "tokens", "longer prompts are left out");
  static final Key<Double> WATCH_SHARE =
      KEYS.real(
          "watch_share",
          0.33,
          Range.below(0, 1),
          "",
          "the share of prompts that select checkpoints and drive gates, and never train");
  static final Key<Double> VERDICT_SHARE =
      KEYS.real(
          "verdict_share",
          0.1,
          Range.below(0, 1),
          "",
          "the share of prompts that are looked at once, at the end");
  private static final Key<Optional<String>> TRUTH =
      KEYS.optionalName(
          "truth",
          "who knows what replies are really worth, where that is known; a labeler is held against it"
              + " and it is reported, but nothing is trained or chosen by it, unless"
              + " feedback.source is truth");
  private static final Key<Integer> LIMIT =
      KEYS.whole(
          "limit", 0, Range.atLeast(0), "lines", "the most lines read of a file; 0 reads all");

  static DataSection read(Values values) {
    return new DataSection(
        values.get(PAIRS),
        values.get(PROMPTS),
        values.get(MAX_PROMPT_TOKENS),
        values.get(WATCH_SHARE),
        values.get(VERDICT_SHARE),
        values.get(TRUTH),
        values.get(LIMIT));
  }
}
