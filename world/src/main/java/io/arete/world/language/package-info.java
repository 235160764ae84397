/**
 * How prompts and replies come of the banks.
 *
 * <p><b>What flows in and out.</b> A split, a kind and a number give a prompt; a situation, a
 * facet, a pole and a key give a reply and the clauses it was made of.
 *
 * <p><b>Promises.</b> A prompt has only fillings of its split, so no two splits share one. Numbers
 * give different prompts as long as there are any.
 *
 * <p><b>Read next.</b> {@code world.gold}.
 */
@NullMarked
package io.arete.world.language;

import org.jspecify.annotations.NullMarked;
