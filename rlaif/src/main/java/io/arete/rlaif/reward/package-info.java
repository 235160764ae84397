/**
 * Reward models: from preference pairs to scores.
 *
 * <p><b>What flows in and out.</b> Preference pairs come in as the two scores of a pair and the
 * probability that the first is better; out come the loss, its derivatives, and what makes scores
 * comparable: the normaliser and the fitted temperature.
 *
 * <p><b>Formulas.</b> {@link io.arete.rlaif.reward.PairwiseLoss}, {@link
 * io.arete.rlaif.reward.ScoreNormalizer}, {@link io.arete.rlaif.reward.TemperatureFit}.
 *
 * <p><b>Promises.</b> Formulas are pure, on plain doubles, and stay finite for any finite scores.
 *
 * <p><b>Read next.</b> {@link io.arete.rlaif.reward.PairwiseLoss}.
 */
@NullMarked
package io.arete.rlaif.reward;

import org.jspecify.annotations.NullMarked;
