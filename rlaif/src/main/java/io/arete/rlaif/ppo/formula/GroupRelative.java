package io.arete.rlaif.ppo.formula;

import io.arete.engine.Formula;
import io.arete.rlaif.stats.Summary;
import java.util.Arrays;

/**
 * Advantages without a critic: a conversation's score in units of its prompt's own spread.
 *
 * <p>Aᵢ = (rᵢ − mean(r)) / (sd(r) + 1e-4); r = scores of the prompt's conversations, sd with
 * divisor k − 1 and the small number as TRL has them. Conversations that all score alike teach
 * nothing. The divergence from the reference is no part of r: it is charged in the loss ({@link
 * ReferencePenalty}).
 */
@Formula(paper = "Shao et al. 2024, DeepSeekMath (GRPO), outcome supervision", eq = "section 4.1.2")
public final class GroupRelative {

  private static final double EPSILON = 1e-4;

  private GroupRelative() {}

  /**
   * Advantages of one prompt's conversations.
   *
   * @param scores {@code [conversations]}, at least two
   */
  public static double[] advantages(double[] scores) {
    if (scores.length < 2) {
      throw new IllegalArgumentException(
          "a prompt has " + scores.length + " conversations but a spread needs 2");
    }
    Summary summary = Summary.of(scores);
    double scale = summary.sampleSd() + EPSILON;
    return Arrays.stream(scores).map(r -> (r - summary.mean()) / scale).toArray();
  }
}
