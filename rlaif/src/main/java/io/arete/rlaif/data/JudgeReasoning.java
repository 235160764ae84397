package io.arete.rlaif.data;

/**
 * What a judge writes before it answers.
 *
 * @param wording follows the question: what shall be written; may hold {@code {virtue}}, {@code
 *     {description}} and its signs
 * @param answer asks for the answer afterwards
 * @param tokens longest rationale, 1 to {@link #MOST_TOKENS}; a longer one is cut off there
 */
public record JudgeReasoning(String wording, String answer, int tokens) {

  /** The longest rationale that may be asked for. */
  public static final int MOST_TOKENS = 1024;

  /** The longest rationale where nothing is said. */
  static final int DEFAULT_TOKENS = 128;

  /** What follows the question about a virtue. */
  public String asked(Virtue virtue) {
    return Placeholders.filled(wording, JudgeWording.texts(virtue));
  }
}
