/**
 * Direct preference optimisation: an alternative to reward models and PPO, for comparison.
 *
 * <p><b>What flows in and out.</b> The feedback stage's conversations and preference pairs come in;
 * a policy goes out, in the folder and the form in which PPO leaves its own, so that all that
 * follows (evaluation, attack, chat) is the same.
 *
 * <p><b>Formulas.</b> L = −[p log σ(h) + (1 − p) log σ(−h)], h = β [log π(y₁) − log π_ref(y₁) − log
 * π(y₂) + log π_ref(y₂)] (Rafailov et al. 2023, Direct Preference Optimization, equation 7, with
 * soft labels): {@link io.arete.rlaif.reward.PairwiseLoss} of h.
 *
 * <p><b>Promises.</b> log π(y) sums over what the model itself said in the trained replies: never
 * over prompt or questions. Pairs on watch and verdict prompts are not learned from. The reference
 * is what supervised fine-tuning left.
 *
 * <p><b>Read next.</b> {@link io.arete.rlaif.dpo.DpoStage}, {@code DpoObjective}.
 */
@NullMarked
package io.arete.rlaif.dpo;

import org.jspecify.annotations.NullMarked;
