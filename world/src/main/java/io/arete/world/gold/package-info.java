/**
 * What texts are worth.
 *
 * <p><b>What flows in and out.</b> Any text and the situation it answers go in; its value on each
 * virtue, the recognised share and the share of right names come out.
 *
 * <p><b>Formulas.</b> gold of a virtue = mean over the recognised clauses' values × recognised
 * share; gold of a facet = mean over the virtues.
 *
 * <p><b>Promises.</b> A generated reply is recognised in full, with the values it was made of.
 *
 * <p><b>Read next.</b> {@code world.corpus}.
 */
@NullMarked
package io.arete.world.gold;

import org.jspecify.annotations.NullMarked;
