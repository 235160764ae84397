/**
 * The arithmetic of policy optimisation: pure functions over arrays of exactly the trained tokens.
 *
 * <p><b>What flows in and out.</b> Log-probabilities, values and scores come in; rewards,
 * advantages, returns, losses and their derivatives go out.
 *
 * <pre>
 * log-probs, score → TokenRewards → Gae (values) → Whitening → PpoLoss → dLoss/dLogprob, dLoss/dValue
 * </pre>
 *
 * <p><b>Formulas.</b> {@link io.arete.rlaif.ppo.formula.KlEstimator}, {@link
 * io.arete.rlaif.ppo.formula.KlController}, {@link io.arete.rlaif.ppo.formula.TokenRewards}, {@link
 * io.arete.rlaif.ppo.formula.MissingEndPenalty}, {@link io.arete.rlaif.ppo.formula.ScoreClip},
 * {@link io.arete.rlaif.ppo.formula.Gae}, {@link io.arete.rlaif.ppo.formula.Whitening}, {@link
 * io.arete.rlaif.ppo.formula.PpoLoss}; without a critic {@link
 * io.arete.rlaif.ppo.formula.LeaveOneOut} (RLOO) and {@link
 * io.arete.rlaif.ppo.formula.GroupRelative} with {@link
 * io.arete.rlaif.ppo.formula.ReferencePenalty} (GRPO).
 *
 * <p><b>Promises.</b> There is no padding and no mask. No input is changed. Lengths that differ are
 * an IllegalArgumentException.
 *
 * <p><b>Read next.</b> {@link io.arete.rlaif.ppo.formula.TokenRewards}.
 */
@NullMarked
package io.arete.rlaif.ppo.formula;

import org.jspecify.annotations.NullMarked;
