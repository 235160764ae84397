/**
 * Reward models: from preference pairs to scores.
 *
 * <p><b>What flows in and out.</b> The facets' preference pairs and conversations come in; out
 * comes a folder a facet with an adapter and its head, how it does on held-out pairs, and what
 * makes its scores comparable with those of others. docs/rewards.md describes the files.
 *
 * <pre>
 *   pairs + conversations → lengths.json → two texts a pair → training → adapter + head
 *                             → evaluation.json, held-out.jsonl, README.md → normalization.json
 *   all of them → members.json
 * </pre>
 *
 * <p><b>Formulas.</b> {@link io.arete.rlaif.reward.PairwiseLoss}, {@link
 * io.arete.rlaif.reward.LabelSmoothing}, {@link io.arete.rlaif.reward.ScoreNormalizer}, {@link
 * io.arete.rlaif.reward.TemperatureFit}.
 *
 * <p><b>Promises.</b> Formulas are pure, on plain doubles, and stay finite for any finite scores.
 * What is evaluated is what was written and read back. Labels of the watch split are never trained
 * on and choose nothing, those of the verdict split are never looked at. Sets of models of
 * different roles share no pair.
 *
 * <p><b>Read next.</b> {@link io.arete.rlaif.reward.RewardStage}, {@code RewardTraining}, {@code
 * HeldOutReport}, {@link io.arete.rlaif.reward.PairwiseLoss}.
 */
@NullMarked
package io.arete.rlaif.reward;

import org.jspecify.annotations.NullMarked;
