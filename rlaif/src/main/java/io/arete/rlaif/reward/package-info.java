/**
 * Reward models: from preference pairs to scores.
 *
 * <p><b>What flows in and out.</b> A facet's preference pairs and conversations come in; out comes
 * a folder with an adapter and its head, how it does on held-out pairs, and what makes its scores
 * comparable with those of others.
 *
 * <pre>
 *   pairs + conversations → two texts a pair → training → adapter + head → evaluation.json
 *                                                                        → normalization.json
 * </pre>
 *
 * <p><b>Formulas.</b> {@link io.arete.rlaif.reward.PairwiseLoss}, {@link
 * io.arete.rlaif.reward.ScoreNormalizer}, {@link io.arete.rlaif.reward.TemperatureFit}.
 *
 * <p><b>Promises.</b> Formulas are pure, on plain doubles, and stay finite for any finite scores.
 * What is evaluated is what was written and read back. Labels of the watch split are never trained
 * on, those of the verdict split are never looked at.
 *
 * <p><b>Read next.</b> {@link io.arete.rlaif.reward.RewardStage}, {@code FacetTraining}, {@link
 * io.arete.rlaif.reward.PairwiseLoss}.
 */
@NullMarked
package io.arete.rlaif.reward;

import org.jspecify.annotations.NullMarked;
