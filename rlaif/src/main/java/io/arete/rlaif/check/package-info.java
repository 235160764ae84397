/**
 * Small experiments between stages, for gates to judge: what cannot be read off what a stage left.
 *
 * <p><b>What flows in and out.</b> A run's folder and models come in. Each experiment leaves one
 * file of numbers in {@code checks/}; gates read them and decide.
 *
 * <pre>
 *   feedback → lengths                              → gates before reward
 *   reward   → probe, scoring, batch, chosen, spread → gates before PPO
 *   PPO      → greedy                               → gates during PPO
 *   verdict  → repeat                               → the verdict's gates
 * </pre>
 *
 * <p><b>Formulas.</b> {@link io.arete.rlaif.check.LinearProbe}, {@link
 * io.arete.rlaif.check.RewardParts}.
 *
 * <p><b>Promises.</b> A file says what it was made from, and is made again if that has changed;
 * what is sampled goes on after a kill. The same run gives the same bytes. Nothing here decides
 * anything.
 *
 * <p><b>Read next.</b> {@link io.arete.rlaif.check.RunChecks}, then any experiment.
 */
@NullMarked
package io.arete.rlaif.check;

import org.jspecify.annotations.NullMarked;
