/**
 * The study's idea on one page: several reward models judge one conversation, and their
 * disagreement lowers its score.
 *
 * <p><b>What flows in and out.</b> The z-normalised score of each facet's reward model comes in;
 * one number goes out, with an explanation of how it came about and each facet's share in it.
 *
 * <p><b>Formulas.</b> {@link io.arete.rlaif.ensemble.EnsembleRule}: mean − k · sd (the study), mean
 * − λ · variance (uncertainty-weighted optimisation), worst case, mean, median.
 *
 * <p><b>Promises.</b> Scores are keyed by facet, so that no order of models can be mistaken. The
 * shares of the facets add up to the score.
 *
 * <p><b>Read next.</b> {@link io.arete.rlaif.ensemble.EnsembleScore}.
 */
@NullMarked
package io.arete.rlaif.ensemble;

import org.jspecify.annotations.NullMarked;
