/**
 * Proximal policy optimisation against a reward function.
 *
 * <p><b>What flows in and out.</b> Per-reply arrays over the trained tokens: log-probabilities of
 * the rollout policy and the reference, critic values, scores; out come rewards, advantages,
 * returns, and losses with their derivatives, which the engine back-propagates.
 *
 * <pre>
 * log-probs, score → TokenRewards → Gae (values) → Whitening → PpoLoss → dLoss/dLogprob, dLoss/dValue
 * </pre>
 *
 * <p><b>Formulas.</b> {@link io.arete.rlaif.ppo.KlEstimator}, {@link
 * io.arete.rlaif.ppo.KlController}, {@link io.arete.rlaif.ppo.TokenRewards}, {@link
 * io.arete.rlaif.ppo.MissingEndPenalty}, {@link io.arete.rlaif.ppo.Gae}, {@link
 * io.arete.rlaif.ppo.Whitening}, {@link io.arete.rlaif.ppo.PpoLoss}.
 *
 * <p><b>Promises.</b> Formulas work on double arrays of exactly the trained tokens: there is no
 * padding and no mask. They change no input. Lengths that differ are an IllegalArgumentException.
 *
 * <p><b>Read next.</b> {@link io.arete.rlaif.ppo.TokenRewards}.
 */
@NullMarked
package io.arete.rlaif.ppo;

import org.jspecify.annotations.NullMarked;
