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
 * watch prompts → PolicyLooks → PolicyLook → Watching: samples, gates, the best policy
 * </pre>
 *
 * <p><b>Formulas.</b> In {@code ppo.formula}; {@link io.arete.rlaif.ppo.DistinctNgrams} for the
 * reports.
 *
 * <p><b>Promises.</b> Log-probabilities that are learned from always come from forward passes,
 * never from sampling. How a mini-batch is cut into passes changes memory and speed, not the
 * update; a round that fits one pass and is one mini-batch goes forward once for both its old
 * log-probabilities and its first step. A critic has a trunk of its own, or is a head of the
 * policy, whose passes then serve both; ordinary replies that are mixed in ({@code Mixture}) add
 * their gradient to a step's. Whoever looks on ({@link io.arete.rlaif.ppo.PpoWatch}) may stop the
 * run before a step, or at a look, which teaches nothing.
 *
 * <p><b>Read next.</b> {@link io.arete.rlaif.ppo.PpoStage}, {@code PpoTrainer.iterate}, {@link
 * io.arete.rlaif.ppo.formula.TokenRewards}.
 */
@NullMarked
package io.arete.rlaif.ppo;

import org.jspecify.annotations.NullMarked;
