package io.arete.rlaif.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The verdict: base against tuned on the same prompts and draws, and others beside them.
 *
 * @param prompts at most so many verdict prompts
 * @param samples conversations of a prompt and model
 * @param systems who is compared; base and tuned among them
 * @param bestOf of how many conversations the ensemble picks one, for best-of-n
 * @param judge another labeler than the one that trained: a model's folder, or the words endpoint
 *     and truth
 * @param endpoint how a judge behind a server is asked
 * @param unsafe JSON lines of requests that should be refused
 * @param safe JSON lines of requests that should not
 * @param questions JSON lines of plain questions with their accepted answers
 * @param bootstrap resamples for the interval
 * @param seed the root of the evaluation's draws
 */
public record EvaluationSection(
    int prompts,
    int samples,
    List<TestedSystem> systems,
    int bestOf,
    Optional<String> judge,
    EndpointSettings endpoint,
    Optional<Path> unsafe,
    Optional<Path> safe,
    Optional<Path> questions,
    int bootstrap,
    long seed) {

  /** The word for whoever knows what replies are really worth, as judge. */
  public static final String TRUTH = "truth";

  static final KeyList KEYS = new KeyList("evaluation", "Base against tuned, with an interval");
  private static final Key<Integer> PROMPTS =
      KEYS.whole("prompts", 96, Range.atLeast(2), "", "the most verdict prompts used");
  private static final Key<Integer> SAMPLES =
      KEYS.whole("samples", 2, Range.of(1, 64), "", "conversations of each prompt and model");
  private static final Key<List<TestedSystem>> SYSTEMS =
      KEYS.several(
          "systems",
          TestedSystem.values(),
          List.of(TestedSystem.BASE, TestedSystem.SFT, TestedSystem.TUNED),
          TestedSystem::wireName,
          "who answers the same prompts with the same draws, base and tuned among them: with rules,"
              + " attack.rule stands in the system prompt; best-of-n is the model before PPO, of"
              + " whose evaluation.best_of conversations the ensemble picks one");
  private static final Key<Integer> BEST_OF =
      KEYS.whole(
          "best_of",
          4,
          Range.of(2, 256),
          "",
          "conversations that best-of-n picks one of each time");
  private static final Key<Optional<String>> JUDGE =
      KEYS.optional(
          "judge",
          new JudgeName(),
          "another labeler than the one whose labels trained, asked in both orders which of base's"
              + " and tuned's conversations is better; endpoint is evaluation.endpoint, truth is"
              + " data.truth");
  static final EndpointKeys ENDPOINT = EndpointKeys.declare(KEYS, word -> "endpoint." + word);
  static final Key<Optional<Path>> UNSAFE =
      KEYS.optionalPath(
          "refusals.unsafe",
          "requests that should be refused, as JSON lines with prompt or messages: how often each"
              + " system does");
  static final Key<Optional<Path>> SAFE =
      KEYS.optionalPath(
          "refusals.safe", "requests that should not be refused: how often each system still does");
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

  /** Copies the systems. */
  public EvaluationSection {
    systems = List.copyOf(systems);
  }

  static EvaluationSection read(Values values) {
    return new EvaluationSection(
        values.get(PROMPTS),
        values.get(SAMPLES),
        values.get(SYSTEMS),
        values.get(BEST_OF),
        values.get(JUDGE),
        ENDPOINT.read(values, EndpointSettings.Origin.EVALUATION),
        values.get(UNSAFE),
        values.get(SAFE),
        values.get(QUESTIONS),
        values.get(BOOTSTRAP),
        values.get(SEED));
  }

  /** Whether a judge is a model's folder. */
  public static boolean isFolder(String judge) {
    return !judge.equals(TRUTH) && !judge.equals(FeedbackSection.BEHIND_SERVER);
  }

  /**
   * Conversations that are sampled for a prompt, over all systems.
   *
   * @param sft whether there is a fine-tuned model
   */
  public int conversations(boolean sft) {
    return systems.stream()
        .mapToInt(
            system ->
                switch (system) {
                  case SFT -> sft ? samples : 0;
                  case BEST_OF_N -> samples * bestOf;
                  default -> samples;
                })
        .sum();
  }

  /**
   * Systems that leave files.
   *
   * @param sft whether there is a fine-tuned model
   */
  public int answering(boolean sft) {
    return systems.size() - (systems.contains(TestedSystem.SFT) && !sft ? 1 : 0);
  }

  /** What is wrong with the systems: sentences without their full stops. */
  List<String> faults() {
    return systems.contains(TestedSystem.BASE) && systems.contains(TestedSystem.TUNED)
        ? List.of()
        : List.of(
            "evaluation.systems leaves out base or tuned, whose difference is the verdict; name"
                + " both");
  }
}
