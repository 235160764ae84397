package io.arete.rlaif.estimate;

/**
 * What a stage computes, in tokens.
 *
 * @param read tokens that go forward through the blocks and teach nothing
 * @param learned tokens that go forward and back
 * @param sampled tokens that are written one by one
 * @param steps steps of generation: tokens of conversations that grow side by side count once
 * @param logitsRead rows whose log-probabilities are read
 * @param logitsLearned rows whose log-probabilities are learned from
 * @param context tokens that a token sees on average
 */
record Work(
    double read,
    double learned,
    double sampled,
    double steps,
    double logitsRead,
    double logitsLearned,
    double context) {

  /** Conversations that grow at once, as sampling has it. */
  private static final int RUNNING = 64;

  static final Work NONE = new Work(0, 0, 0, 0, 0, 0, 0);

  /** Reading, with log-probabilities of some rows. */
  static Work reading(double tokens, double logits, double context) {
    return new Work(tokens, 0, 0, 0, logits, 0, context);
  }

  /** Learning, with log-probabilities of some rows. */
  static Work learning(double tokens, double logits, double context) {
    return new Work(0, tokens, 0, 0, 0, logits, context);
  }

  /**
   * Writing.
   *
   * @param conversations in all
   * @param atOnce that are asked for together
   * @param read tokens that each reads: its prompt and the questions
   * @param written tokens that each writes
   */
  static Work sampling(double conversations, double atOnce, double read, double written) {
    double side = Math.max(1, Math.min(RUNNING, Math.min(atOnce, conversations)));
    double sampled = conversations * written;
    return new Work(conversations * read, 0, sampled, sampled / side, 0, 0, read + written / 2);
  }

  /** Both; the context is weighed by the tokens. */
  Work plus(Work other) {
    double own = tokens();
    double theirs = other.tokens();
    double seen = own + theirs == 0 ? 0 : (context * own + other.context * theirs) / (own + theirs);
    return new Work(
        read + other.read,
        learned + other.learned,
        sampled + other.sampled,
        steps + other.steps,
        logitsRead + other.logitsRead,
        logitsLearned + other.logitsLearned,
        seen);
  }

  /** The same so many times. */
  Work times(double factor) {
    return new Work(
        read * factor,
        learned * factor,
        sampled * factor,
        steps * factor,
        logitsRead * factor,
        logitsLearned * factor,
        context);
  }

  private double tokens() {
    return read + learned + sampled;
  }
}
