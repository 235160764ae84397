/**
 * Statistics on plain doubles.
 *
 * <p><b>What flows in and out.</b> Arrays of numbers, one for each prompt or pair, or counts, come
 * in; intervals, p-values and summaries go out.
 *
 * <p><b>Formulas.</b> Wilson score interval ({@link io.arete.rlaif.stats.Wilson}), paired t and
 * Wilcoxon ({@link io.arete.rlaif.stats.PairedTest}), exact binomial and McNemar ({@link
 * io.arete.rlaif.stats.ExactTest}), rates corrected for a judge's errors ({@link
 * io.arete.rlaif.stats.JudgeCorrectedRate}), Holm, Pearson, Spearman, quartiles, box plots, the
 * paired bootstrap ({@link io.arete.rlaif.stats.Bootstrap}), and the same over seeds and prompts
 * ({@link io.arete.rlaif.stats.HierarchicalBootstrap}).
 *
 * <p><b>Promises.</b> Pure functions: nothing is read, written or logged, inputs are not changed,
 * and the only random one takes its key. Values equal scipy's. Impossible arguments (an empty
 * array, more successes than trials, a number that is not finite) are an IllegalArgumentException
 * that names the value and what is allowed.
 *
 * <p><b>Read next.</b> {@link io.arete.rlaif.stats.Bootstrap}.
 */
@NullMarked
package io.arete.rlaif.stats;

import org.jspecify.annotations.NullMarked;
