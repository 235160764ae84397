/**
 * A run's folder: what was asked, how far it came, and how it continues.
 *
 * <p><b>What flows in and out.</b> Stages put states, metrics and checkpoints in; after a kill at
 * any instant the next start finds the last complete ones.
 *
 * <p><b>Promises.</b> One process a folder. Files appear whole, by rename. A stage whose inputs
 * changed says so instead of passing old results on. What is written depends on the recipe and the
 * data alone; times of the clock stand apart, in {@code times.json}.
 *
 * <p><b>Read next.</b> {@code RunFolder}, {@code RunProgress}, {@code Checkpoints}.
 */
@NullMarked
package io.arete.rlaif.run;

import org.jspecify.annotations.NullMarked;
