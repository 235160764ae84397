/**
 * The story: a recipe's stages in their order, and what a run has to tell.
 *
 * <p><b>What flows in and out.</b> A recipe and a folder in; a run's folder with the results of
 * every stage, and its summary, out. A recipe with seeds or a grid is a tree of such runs, and a
 * table of all.
 *
 * <p><b>Promises.</b> A stage whose results are there is skipped, one that was cut goes on, one
 * whose inputs changed is refused with the reason. Gates are looked at before a stage that they
 * would save from being wasted. Runs of one tree take each other's results where these are made of
 * the same.
 *
 * <p><b>Read next.</b> {@code Pipeline}, {@code StageInputs}, {@code RunSummary}; {@code TreeRun},
 * {@code TreeTable}.
 */
@NullMarked
package io.arete.rlaif.recipe;

import org.jspecify.annotations.NullMarked;
