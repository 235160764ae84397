/**
 * Proximal policy optimisation against a reward function.
 *
 * <p><b>What flows in and out.</b> Prompts and reward models (any {@code FacetScorer}) come in, a
 * policy goes out. On the way everything is per-rollout arrays over the trained tokens:
 * log-probabilities of the rollout policy and the reference, critic values, scores; then rewards,
 * advantages, returns, and losses with their derivatives, which the engine back-propagates.
 *
 * <pre>
 * prompts → RolloutCollector → Rollout → RolloutReader, FirstForward → Round → Update
 *
 * log-probs, score → TokenRewards → Gae (values) → Whitening → PpoLoss → dLoss/dLogprob, dLoss/dValue
 *
 * watch prompts → PolicyLooks → PolicyLook → Watching: samples, gates, the best policy
 * </pre>
 *
 * <p><b>Formulas.</b> {@link io.arete.rlaif.ppo.KlEstimator}, {@link
 * io.arete.rlaif.ppo.KlController}, {@link io.arete.rlaif.ppo.TokenRewards}, {@link
 * io.arete.rlaif.ppo.MissingEndPenalty}, {@link io.arete.rlaif.ppo.ScoreClip}, {@link
 * io.arete.rlaif.ppo.Gae}, {@link io.arete.rlaif.ppo.Whitening}, {@link
 * io.arete.rlaif.ppo.PpoLoss}; without a critic {@link io.arete.rlaif.ppo.LeaveOneOut} (RLOO) and
 * {@link io.arete.rlaif.ppo.GroupRelative} with {@link io.arete.rlaif.ppo.ReferencePenalty} (GRPO);
 * {@link io.arete.rlaif.ppo.DistinctNgrams} for the reports.
 *
 * <p><b>Promises.</b> Formulas work on double arrays of exactly the trained tokens: there is no
 * padding and no mask. They change no input. Lengths that differ are an IllegalArgumentException.
 * Log-probabilities that are learned from always come from forward passes, never from sampling. How
 * a mini-batch is cut into passes changes memory and speed, not the update; a round that fits one
 * pass and is one mini-batch goes forward once for both its old log-probabilities and its first
 * step. A critic has a trunk of its own, or is a head of the policy, whose passes then serve both;
 * ordinary replies that are mixed in ({@code Mixture}) add their gradient to a step's. Whoever
 * looks on ({@link io.arete.rlaif.ppo.PpoWatch}) may stop the run before a step, or at a look,
 * which teaches nothing.
 *
 * <p><b>Read next.</b> {@link io.arete.rlaif.ppo.PpoStage}, {@code PpoTrainer.iterate}, {@link
 * io.arete.rlaif.ppo.TokenRewards}.
 */
@NullMarked
package io.arete.rlaif.ppo;

import org.jspecify.annotations.NullMarked;
