package io.arete.rlaif.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The verdict: base against tuned on the same prompts and draws.
 *
 * @param prompts at most so many verdict prompts
 * @param samples conversations of a prompt and model
 * @param questions JSON lines of plain questions with their accepted answers
 * @param bootstrap resamples for the interval
 * @param seed the root of the evaluation's draws
 */
public record EvaluationSection(
    int prompts, int samples, Optional<Path> questions, int bootstrap, long seed) {

  static final KeyList KEYS = new KeyList("evaluation", "Base against tuned, with an interval");
  private static final Key<Integer> PROMPTS =
      KEYS.whole("prompts", 96, Range.atLeast(2), "", "the most verdict prompts used");
  private static final Key<Integer> SAMPLES =
      KEYS.whole("samples", 2, Range.of(1, 64), "", "conversations of each prompt and model");
  static final Key<Optional<Path>> QUESTIONS =
      KEYS.optionalPath(
          "questions",
          "plain questions as JSON lines with prompt and answers, all of which are right: what the"
              + " models could do before, and should still");
  private static final Key<Integer> BOOTSTRAP =
      KEYS.whole(
          "bootstrap", 10000, Range.of(100, 1_000_000), "resamples", "drawn for the interval");
  private static final Key<Long> SEED =
      KEYS.seed("seed", 1, "the root of the evaluation's draws, apart from training's");

  static EvaluationSection read(Values values) {
    return new EvaluationSection(
        values.get(PROMPTS),
        values.get(SAMPLES),
        values.get(QUESTIONS),
        values.get(BOOTSTRAP),
        values.get(SEED));
  }
}
