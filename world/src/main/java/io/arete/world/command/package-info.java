/**
 * The world's commands, found by the command line at run time.
 *
 * <p><b>What flows in and out.</b> {@code arete world measure MODEL}: a folder in, facts out.
 *
 * <p><b>Promises.</b> Nothing but parsing, calling and printing.
 *
 * <p><b>Read next.</b> {@code MeasureCommand}, then {@code world.measure}.
 */
@NullMarked
package io.arete.world.command;

import org.jspecify.annotations.NullMarked;
