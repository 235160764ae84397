/**
 * The practice world: a generated language whose truth is known.
 *
 * <p><b>What flows in and out.</b> YAML banks go in; prompts, replies, their gold and the base
 * model's corpus come out. Only {@code world.measure} knows a model, and nothing outside of this
 * module may know the world: corpus and commands are found at run time, and a run in the world is a
 * run like any other.
 *
 * <p><b>Promises.</b> Everything is keyed by counted randomness: a prompt, a reply or a document of
 * a number is always the same. What the grammar makes the parser reads back exactly.
 *
 * <p><b>Read next.</b> {@code world.bank} for what the language is made of, {@code world.language}
 * for how texts come of it, {@code world.gold} for their worth, {@code world.corpus} for what a
 * base model learns from.
 */
@NullMarked
package io.arete.world;

import org.jspecify.annotations.NullMarked;
