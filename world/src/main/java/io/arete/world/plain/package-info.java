/**
 * Plain questions with one right short answer, for ordinary ability.
 *
 * <p><b>What flows in and out.</b> {@code plain.yaml} goes in; questions of each split come out,
 * which say whether a reply is right.
 *
 * <p><b>Promises.</b> Training asks for every fact, watch and verdict ask in other words.
 *
 * <p><b>Read next.</b> {@code world.corpus}.
 */
@NullMarked
package io.arete.world.plain;

import org.jspecify.annotations.NullMarked;
