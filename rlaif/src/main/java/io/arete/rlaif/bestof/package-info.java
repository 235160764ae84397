/**
 * What choosing the best of several replies by the run's reward models is worth.
 *
 * <p><b>What flows in and out.</b> A run with reward models goes in: its policy before PPO answers
 * watch prompts several times. Out come, for each way to choose and each number of replies to
 * choose from, the chosen one's score and, where it is known, its true worth.
 *
 * <p><b>Promises.</b> No training, so it tells reward models apart from PPO: where more choice
 * gives a higher score and a lower worth, the reward models are being exploited.
 *
 * <p><b>Read next.</b> {@code BestOf}, then {@code BestOfN}.
 */
@NullMarked
package io.arete.rlaif.bestof;

import org.jspecify.annotations.NullMarked;
