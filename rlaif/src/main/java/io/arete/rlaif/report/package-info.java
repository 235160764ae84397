/**
 * A run, several, or a study of attacks on one page, to look at rather than to read.
 *
 * <p><b>What flows in and out.</b> A run's folder comes in, finished or not; one HTML file goes out
 * that holds everything it needs and asks no network for anything.
 *
 * <pre>
 *   run folder → chapters of prose, figures, tables and talks → page
 * </pre>
 *
 * <p><b>Formulas.</b> {@link io.arete.rlaif.report.Thinning}; all other numbers stand in the files.
 *
 * <p><b>Promises.</b> Every figure stands beside its numbers as a table. Text of people and models
 * is shown, never run. What a run does not have yet is left out.
 *
 * <p><b>Read next.</b> {@link io.arete.rlaif.report.RunReport}, then any chapter.
 */
@NullMarked
package io.arete.rlaif.report;

import org.jspecify.annotations.NullMarked;
