package io.arete.rlaif.ppo.formula;

import io.arete.engine.Formula;
import java.util.Arrays;

/**
 * Advantages without a critic: a conversation is measured against the others of its prompt.
 *
 * <p>Aᵢ = Rᵢ − (Σⱼ₌ᵢ excluded Rⱼ) / (k − 1); R = score less β times the conversation's divergence
 * from the reference, k = conversations of the prompt. What is subtracted does not depend on the
 * conversation itself, so the gradient stays unbiased.
 */
@Formula(
    paper = "Ahmadian et al. 2024, Back to Basics: Revisiting REINFORCE Style Optimization (RLOO)",
    eq = "REINFORCE leave-one-out")
public final class LeaveOneOut {

  private LeaveOneOut() {}

  /**
   * Advantages of one prompt's conversations.
   *
   * @param returns {@code [conversations]}, at least two
   */
  public static double[] advantages(double[] returns) {
    if (returns.length < 2) {
      throw new IllegalArgumentException(
          "a prompt has " + returns.length + " conversations but leaving one out needs 2");
    }
    double sum = Arrays.stream(returns).sum();
    return Arrays.stream(returns).map(r -> r - (sum - r) / (returns.length - 1)).toArray();
  }
}
