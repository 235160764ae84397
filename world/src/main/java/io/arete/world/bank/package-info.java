/**
 * What the language is made of: schemas, clauses with their values, frames, wrappings, fillings.
 *
 * <p><b>What flows in and out.</b> {@code language.yaml}, {@code general.yaml}, {@code
 * wrappings.yaml} and one file for each schema go in, records come out.
 *
 * <p><b>Promises.</b> A clause stands in the banks once, is clearly good or bad wherever it
 * applies, and speaks only of what the prompt has named. Whether a clause is good depends on what
 * the situation calls for.
 *
 * <p><b>Read next.</b> {@code world.language}.
 */
@NullMarked
package io.arete.world.bank;

import org.jspecify.annotations.NullMarked;
