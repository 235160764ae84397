/**
 * Judges of a study that read no words but know numbers: a truth, and a run's reward models.
 *
 * <p><b>What flows in and out.</b>
 *
 * <pre>
 * JudgedReply → HarmScores (GoldScores, RewardScores) → ScoreRule → label (ScoredJudge)
 *                                                               └→ 1 to 10 (ScoredSteering)
 * </pre>
 *
 * <p><b>Formulas.</b> {@code ScoreRule}.
 *
 * <p><b>Promises.</b> The rule is stated beside each kind of score. A judge that steers is never
 * the one that counts. Scores tell nothing about harmless requests: there a truth says whether the
 * question was answered, and reward models leave the word to the reply's own words.
 *
 * <p><b>Read next.</b> {@code HarmScores}, {@code ScoreRule}, {@code RewardScores}.
 */
@NullMarked
package io.arete.rlaif.attack.scored;

import org.jspecify.annotations.NullMarked;
