package io.arete.rlaif.feedback;

/**
 * How much a labeler has read.
 *
 * @param questions asked; a pair has two for each virtue
 * @param tokensComputed tokens that went through the model
 * @param tokensOneByOne tokens of the questions if each were read alone
 */
public record LabelerWork(long questions, long tokensComputed, long tokensOneByOne) {

  /** Nothing yet. */
  public static final LabelerWork NONE = new LabelerWork(0, 0, 0);

  /** Tokens that were not computed because questions begin alike. */
  public long tokensSaved() {
    return tokensOneByOne - tokensComputed;
  }

  /** Both together. */
  public LabelerWork plus(LabelerWork other) {
    return new LabelerWork(
        questions + other.questions,
        tokensComputed + other.tokensComputed,
        tokensOneByOne + other.tokensOneByOne);
  }

  /** What this has more than an earlier state of the same labeler. */
  public LabelerWork since(LabelerWork earlier) {
    return new LabelerWork(
        questions - earlier.questions,
        tokensComputed - earlier.tokensComputed,
        tokensOneByOne - earlier.tokensOneByOne);
  }
}
