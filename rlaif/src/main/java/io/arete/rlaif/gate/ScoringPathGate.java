package io.arete.rlaif.gate;

import io.arete.rlaif.data.Facet;

/** PPO must read what was trained: the same texts, by the same model, with the same head. */
public final class ScoringPathGate {

  /** As {@code --force} takes it. */
  public static final String NAME = "scoring-path";

  private ScoringPathGate() {}

  /**
   * Judges what PPO's path says of the held-out pairs.
   *
   * @param accuracy by that path
   * @param evaluated what the reward stage found on the same pairs; NaN if it wrote nothing
   * @param sameTexts whether the texts are those that the reward stage read, token by token
   * @param twice texts that begin with one special token twice
   * @param decided pairs
   * @param most by how much the accuracies may differ, with what rounding may turn
   */
  public static GateResult of(
      Facet facet,
      double accuracy,
      double evaluated,
      boolean sameTexts,
      long twice,
      long decided,
      double most) {
    boolean same = Math.abs(accuracy - evaluated) <= most + 1e-12;
    return new GateResult(
        NAME,
        facet.wireName(),
        Text.of(
            "PPO's path is right on %.3f, the reward stage was on %.3f%s%s",
            accuracy,
            evaluated,
            sameTexts ? "" : "; it reads other texts than were trained on",
            twice == 0 ? "" : Text.of("; %d texts begin twice", twice)),
        Text.of("the same texts, and accuracies within %.3f", most),
        decided,
        same && sameTexts && twice == 0,
        true,
        meaning(sameTexts, twice),
        "repeat the reward stage (--from reward), and put no other files into its folders");
  }

  /** The result where the folders cannot be read at all. */
  static GateResult unreadable(String why) {
    return new GateResult(
        NAME,
        "",
        "PPO's path cannot read the reward models: " + why,
        "folders that can be read",
        0,
        false,
        true,
        "these are not the files that the reward stage wrote",
        "repeat the reward stage (--from reward)");
  }

  private static String meaning(boolean sameTexts, long twice) {
    if (twice > 0) {
      return "the tokenizer and the chat template both add the token that begins a text";
    }
    return sameTexts
        ? "PPO reads another model, head or facet than was trained and evaluated"
        : "the reward model was trained on texts of another shape than PPO shows it";
  }
}
